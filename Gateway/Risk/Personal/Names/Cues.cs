using System.Collections.Frozen;

namespace Gateway.Risk.Personal.Names;

/// <summary>Words beside a capitalised one that say what it names.</summary>
internal static class Cues
{
    public static FrozenSet<string> Titles { get; } = Set("mr mrs ms miss mx mstr dr prof professor sir madam dame lord lady rev herr frau señor señora sr sra srta don doña mme mlle monsieur madame signor signora sig dott dottor mevrouw meneer pan pani");

    /// <summary>Before a person's name, nearly always.</summary>
    public static FrozenSet<string> Naming { get; } = Set("dear hi hey hello name names named called contact attn attention patient employee customer client applicant colleague wife husband son daughter brother sister mother father mom dad mum uncle aunt cousin boyfriend girlfriend fiancé regards sincerely cheers signed i'm trainer educator instructor beneficiary recipient tenant landlord nurse witness defendant plaintiff author owner borrower heiße heisse appelle llamo chiamo liebe lieber hallo bonjour hola ciao cher chère nombre nom nome naam signatory insured policyholder cardholder passenger guest candidate");

    /// <summary>Before a person's name, often.</summary>
    public static FrozenSet<string> Doing { get; } = Set("by with met meet ask asked tell told call from and to for i am is said did does has let remind email notify cc thank thanks thx");

    /// <summary>Before a place's name, nearly always.</summary>
    public static FrozenSet<string> Placing { get; } = Set("city town address location residence residing lives living lived resident residency based village county state country province district area neighbourhood neighborhood birthplace wohnort ort ville ciudad città stadt wohnhaft adresse dirección indirizzo located");

    /// <summary>Before a place's name, often.</summary>
    public static FrozenSet<string> Near { get; } = Set("in at from near across around via visit visiting toward towards outside nach aus bei @");

    public static FrozenSet<string> Employing { get; } = Set("company firm employer corporation startup vendor supplier insurer bank brand");

    /// <summary>Behind a name, what people do.</summary>
    public static FrozenSet<string> Acting { get; } = Set("said says told asked agrees agreed wrote writes thinks wants was is has had lives works worked called calls emailed will would and");

    public static FrozenSet<string> Streets { get; } = Set("street st road rd avenue ave lane ln drive dr close court ct boulevard blvd way terrace trail parkway pkwy circle crescent row mews highway hwy turnpike alley plaza");

    public static FrozenSet<string> PlaceEndings { get; } = Set("city hills heath valley beach springs falls creek island islands village heights grove fork forks bay lake hill town county harbor harbour point ridge park junction mills shores haven borough rapids crossing bluff glen woods landing mountain river bridge common green");

    public static FrozenSet<string> CompanyEndings { get; } = Set("inc llc ltd limited corp corporation co company plc gmbh ag se kg ohg ug sa sas sarl srl spa bv nv ab oy as aps pty llp lp group holdings holding bank university college institute hospital clinic foundation association society agency insurance partners consulting solutions technologies systems industries enterprises school church ministry department council committee center centre services labs");

    /// <summary>Capitalised whatever they mean, and nobody's name: months, days, peoples, directions, abbreviations.</summary>
    public static FrozenSet<string> Never { get; } = Set("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag "
        + "american british english german french spanish italian dutch european asian african chinese japanese korean indian russian turkish thai polish portuguese brazilian mexican canadian australian swedish danish norwegian finnish greek arabic hebrew latin irish scottish welsh swiss austrian belgian czech hungarian romanian ukrainian vietnamese indonesian christian muslim jewish buddhist hindu catholic islamic western eastern northern southern "
        + "mac ip ipv4 ipv6 iban vat id pin api sql html css json xml http https url pdf csv gdpr hipaa ssn dob mrn cv hr ceo cto cfo ai ml gpu cpu usb aws gcp ok faq eng vrm vin bic swift god lord python java javascript typescript excel word google microsoft windows linux android iphone bitcoin ethereum github docker kubernetes i");

    public static FrozenSet<string> Particles { get; } = Set("de da do dos das del della di la le van von der den ter ten bin ibn al el af zu zur y e");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
