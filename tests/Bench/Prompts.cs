using System.Text;

namespace Bench;

/// <summary>What is asked: ordinary English with one e-mail address in it, each text like no other, the same in every run.</summary>
internal static class Prompts
{
    public const string Address = "jane.miller@example.org";

    /// <summary>wrk puts another word in its place with each request: a text that a caller sends again is not scanned again.</summary>
    public const string Marker = "qqqqqqqqqq";

    private const int Seed = 20261130;

    private static readonly string[] Sentences =
    [
        "The harbour was quiet when the first boats came back.", "Please keep the summary short and friendly.", "Our team met on the second floor and went through the list.",
        "The garden needs water, and the fence wants a new coat of paint.", "Most readers skip the introduction and look at the pictures.", "A good recipe says how long it takes and what can go wrong.",
        "The train leaves the station a little later than the timetable says.", "Several guests asked whether the museum opens in the morning.", "She wrote the report in the evening and sent it to the printer.",
        "Winter came early, and the lake was frozen for many weeks.", "Nobody in the office could remember who had bought the plant.", "The orchestra plays a piece that was almost forgotten.",
        "We compared three designs and chose the one with the wide door.", "The old map shows a road that is now under the forest.", "Children like the part of the story where the dog finds the way home.",
    ];

    /// <summary>As a model sends it: a word with the space before it.</summary>
    public static IReadOnlyList<string> AnswerWords { get; } = [.. string.Join(' ', Sentences).Split(' ').Select(word => " " + word)];

    public static string Answer(int words) => string.Concat(AnswerWords.Take(words)).Trim();

    /// <param name="size">Of the whole body, in bytes.</param>
    public static string Chat(string model, int size, int number, bool stream = false)
    {
        var random = new Random(Seed + number);
        var text = new StringBuilder($"Write a friendly letter to {Address} about this, dear {Marker}. ");
        var frame = Body(model, "", stream).Length;
        while (text.Length < size - frame) text.Append(Sentences[random.Next(Sentences.Length)]).Append(' ');
        return Body(model, text.ToString(0, size - frame), stream);
    }

    /// <summary>Needs people under the default policy; in letters too, so that the queue gives each a row of its own.</summary>
    public static string Risky(string model, int number)
    {
        var letters = string.Concat(number.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('k' + digit - '0')));
        return Body(model, $"Is this safe to share (prompt {number}), as {letters} was? The database password is Tr0ub4dor&3xtra{number}.", stream: true);
    }

    public static string Sized(int length, int number)
    {
        var random = new Random(Seed + number);
        var text = new StringBuilder();
        while (text.Length < length) text.Append(Sentences[random.Next(Sentences.Length)]).Append(' ');
        return text.ToString(0, length);
    }

    private static string Body(string model, string text, bool stream) =>
        $$"""{"model":"{{model}}","messages":[{"role":"system","content":"You write letters."},{"role":"user","content":"{{text}}"}]{{(stream ? ",\"stream\":true" : "")}}}""";
}
