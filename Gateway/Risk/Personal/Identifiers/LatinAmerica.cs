using static Gateway.Risk.Personal.Identifiers.CheckDigits;

namespace Gateway.Risk.Personal.Identifiers;

internal static class LatinAmerica
{
    public static IReadOnlyList<IdentifierRule> All { get; } =
    [
        new("BR_CPF", "a Brazilian CPF", "999.999.999-99|999999999-99|99999999999", 0.5, "cpf", digits => Varied(digits) && Elevens(digits, 9, 10) && Elevens(digits, 10, 11), "CPF ⟦111.444.777-35⟧", "!111.444.777-36", "!111.111.111-11"),
        new("BR_CNPJ", "a Brazilian CNPJ", "99.999.999/9999-99|99999999999999", 0.5, "cnpj", IsCnpj, "CNPJ ⟦11.222.333/0001-81⟧", "!11.222.333/0001-82"),
        new("MX_CURP", "a Mexican CURP", "AAAA999999AAAAAAX9", 0.9, "curp", text => Date(text[4..10], 4, 2) && text[10] is 'H' or 'M' or 'X', "CURP ⟦BOXW310820HNERXN09⟧", "!BOXW311320HNERXN09"),
        new("MX_RFC", "a Mexican tax number", "AAAA999999XXX|AAA999999XXX", 0.5, "rfc", text => Date(text[^9..^3], 4, 2), "RFC ⟦GODE561231GR8⟧", "!GODE561331GR8"),
        new("AR_CUIT", "an Argentine CUIT or CUIL", "99-99999999-9|99999999999", 0.5, "cuit|cuil", digits => Two(digits, 0) is 20 or 23 or 24 or 27 or 30 or 33 or 34 && (11 - (Sum(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11 == digits[10] - '0', "CUIT ⟦20-05536168-2⟧", "!20-05536168-3"),
        new("CL_RUT", "a Chilean RUT", "99.999.999-X|9.999.999-X|99999999-X|9999999-X", 0.6, "rut|run:", IsRut, "RUT ⟦12.531.909-2⟧", "!12.531.909-3"),
        new("CO_NIT", "a Colombian NIT", "999999999-9|999.999.999-9", 0.4, "nit|rut", digits => Sum(digits, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11 is var left && (left < 2 ? left : 11 - left) == digits[9] - '0', "NIT ⟦213123432-1⟧", "!213123432-2"),
    ];

    /// <summary>The digit at <paramref name="at"/> checks those before it, weighted from <paramref name="from"/> downwards.</summary>
    private static bool Elevens(string digits, int at, int from)
    {
        var sum = 0;
        for (var i = 0; i < at; i++) sum += (digits[i] - '0') * (from - i);
        return sum * 10 % 11 % 10 == digits[at] - '0';
    }

    private static bool IsCnpj(string digits)
    {
        static int Check(int sum) => sum % 11 < 2 ? 0 : 11 - (sum % 11);
        return Varied(digits) && Check(Sum(digits, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digits[12] - '0' && Check(Sum(digits, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digits[13] - '0';
    }

    private static bool IsRut(string text)
    {
        var (sum, weight) = (0, 2);
        for (var i = text.Length - 2; i >= 0; i--, weight = weight == 7 ? 2 : weight + 1) sum += (text[i] - '0') * weight;
        return "0K987654321"[sum % 11] == text[^1];
    }
}
