using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Training;

/// <summary>
/// Our own texts, made from patterns: <c>Seeds/*.txt</c>. A line <c>= kind name</c> opens a section (a number after it
/// makes more of each of its patterns), <c>@slot: a | b</c> names
/// alternatives, any other line is a pattern in which <c>{slot}</c> and <c>(a|b|)</c> are filled in, <c>{x16}</c> is 16 made-up characters, and <c>\n</c> is a line break.
/// </summary>
internal static partial class Seeds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public static List<Example> Read(string folder, int perPattern)
    {
        Dictionary<string, string[]> slots = [];
        List<(Kind Kind, string Section, int Times, string Pattern)> patterns = [];
        foreach (var file in Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var (kind, section, times) = (Kind.Benign, "", 1);
            foreach (var line in File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)))
            {
                if (line.StartsWith("= ", StringComparison.Ordinal))
                {
                    var words = line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    (kind, section, times) = (Enum.Parse<Kind>(words[0], ignoreCase: true), words[1], words.Length > 2 ? int.Parse(words[2], CultureInfo.InvariantCulture) : 1);
                }
                else if (line[0] == '@') slots[line[1..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Split('|', StringSplitOptions.TrimEntries);
                else patterns.Add((kind, section, times, line));
            }
        }
        List<Example> seeds = [];
        for (var number = 0; number < patterns.Count; number++)
        {
            var (kind, section, times, pattern) = patterns[number];
            var random = new Congruential(BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(pattern))));
            var texts = Enumerable.Range(0, perPattern * times).Select(_ => Fill(pattern, slots, random, 0)).Distinct().ToList();
            seeds.AddRange(texts.Select((text, i) => new Example { Id = $"seed-{number}-{i}", Family = $"seed-{number}", Text = text, Kind = kind, Origin = $"seed/{section}" }));
        }
        return seeds;
    }

    public static string Fill(string pattern, IReadOnlyDictionary<string, string[]> slots, Congruential random, int depth)
    {
        if (depth > 6) throw new FormatException($"Slots that hold each other: {pattern}");
        var filled = Choice().Replace(pattern, choice =>
        {
            if (choice.Groups["random"].Success) return string.Concat(Enumerable.Range(0, int.Parse(choice.Groups["random"].Value, CultureInfo.InvariantCulture)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var options = choice.Groups["slot"].Success
                ? slots.GetValueOrDefault(choice.Groups["slot"].Value) ?? throw new FormatException($"No slot {choice.Value} for: {pattern}")
                : choice.Groups["options"].Value.Split('|');
            return Fill(options[random.Next(options.Length)], slots, random, depth + 1);
        });
        return depth > 0 ? filled : filled.Replace("\\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{x(?<random>\d+)\}|\{(?<slot>[a-z][a-z0-9_]*)\}|\((?<options>[^()|]*(?:\|[^()|]*)+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Choice();
}
