using System.Globalization;
using System.Text.RegularExpressions;

namespace ApprovalsUI.Client;

/// <summary>One of the three lines of a policy.</summary>
public enum Threshold
{
    Mask,
    Park,
    Block,
}

/// <summary>From which score on a prompt is masked, parked and blocked; each below the next, and <see cref="Off"/> is never reached.</summary>
public sealed partial record ThresholdLines(int Mask, int Park, int Block)
{
    public const int Off = 101;

    /// <summary>
    /// The lines as they stand in a policy's text; null where they cannot be made out. The gateway reads the text for good:
    /// this knows the ways people write it, and would rather see nothing than something else.
    /// </summary>
    public static ThresholdLines? Read(string? text)
    {
        var match = Section().Match(text ?? "");
        if (!match.Success) return null;
        var own = match.Groups["flow"] is { Success: true } flow ? OwnFor().Split(flow.Value)[0] : Children(match.Groups["block"].Value);
        var found = new int?[3];
        foreach (Match line in Line().Matches(own))
        {
            if (int.Parse(line.Groups["score"].ValueSpan, CultureInfo.InvariantCulture) is var score and <= Off) found[(int)Enum.Parse<Threshold>(line.Groups["name"].ValueSpan, ignoreCase: true)] ??= score;
        }
        return found.Any(score => score is not null) && new ThresholdLines(found[0] ?? Off, found[1] ?? Off, found[2] ?? Off) is { InOrder: true } lines ? lines : null;
    }

    public int this[Threshold line] => line switch
    {
        Threshold.Mask => Mask,
        Threshold.Park => Park,
        Threshold.Block => Block,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private bool InOrder => (Mask < Park || Mask == Off) && (Park < Block || Park == Off);

    /// <summary>The lowest and highest score the line can have between its neighbours. One that is off is no neighbour.</summary>
    public (int Lowest, int Highest) Room(Threshold line)
    {
        var (below, above) = line switch
        {
            Threshold.Mask => (-1, Park == Off ? Block : Park),
            Threshold.Park => (Mask == Off ? -1 : Mask, Block),
            Threshold.Block => (Park == Off ? Mask == Off ? -1 : Mask : Park, Off),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return (below + 1, above == Off ? Off : above - 1);
    }

    /// <summary>Moved as far as its neighbours allow; off is always allowed.</summary>
    public ThresholdLines With(Threshold line, int score)
    {
        var (lowest, highest) = Room(line);
        var at = score >= Off ? Off : lowest > highest ? this[line] : Math.Clamp(score, lowest, highest);
        return line switch
        {
            Threshold.Mask => this with { Mask = at },
            Threshold.Park => this with { Park = at },
            Threshold.Block => this with { Block = at },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Only what stands as far in as the first: deeper are lines of their own for some.</summary>
    private static string Children(string block)
    {
        var lines = block.Split('\n').Where(line => line.TrimStart() is { Length: > 0 } words && words[0] != '#').ToList();
        var depth = lines.Count == 0 ? 0 : lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Where(line => line.Length > depth && line[depth] != ' ' && line[..depth].Trim().Length == 0));
    }

    [GeneratedRegex("""^thresholds *: *(?:(?<flow>\{[^}]*\})|(?:#[^\n]*)?\r?\n(?<block>(?:(?: +[^\n]*|#[^\n]*|\r?)(?:\n|\z))+))""", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Section();

    [GeneratedRegex("""\bfor *:""", RegexOptions.NonBacktracking)]
    private static partial Regex OwnFor();

    [GeneratedRegex("""(?:^\s*|[{,]\s*)(?<name>mask|park|block) *: *(?<score>[0-9]{1,3})\b""", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
