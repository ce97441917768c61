using System.Buffers;
using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Secrets;

/// <summary>One shape of credential: where to try, what it looks like, and what else must hold.</summary>
internal sealed record SecretRule
{
    private readonly LazyRegex pattern;
    private LazyRegex? tail;

    /// <summary>Longest stretch before the trigger that may still belong to the token, as in the number before a bot token's colon.</summary>
    public int Lead { get; init; }

    /// <summary>What that stretch is made of.</summary>
    public Func<char, bool> LeadShape { get; init; } = static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '~' or '.';

    /// <summary>A token starts a word of its own; a name such as <c>myTwilioToken</c> need not.</summary>
    public bool StartsWord { get; init; }

    /// <summary>The value is followed by no further letter or digit.</summary>
    public bool EndsWord { get; init; }

    public IReadOnlyList<string> Triggers { get; }

    /// <summary>The trigger is a name, and the pattern its value: what leads from one to the other is the same for all.</summary>
    public bool IsNamed { get; private init; }

    /// <summary>Triggers that count only where a name part begins, as <c>pass</c> does in <c>db_pass</c> and <c>dbPass</c> but not in <c>bypass</c>.</summary>
    public IReadOnlyList<string> PartTriggers { get; private init; } = [];

    /// <summary>Matched from the trigger (less its lead) on; group <c>v</c>, if there is one, is the secret.</summary>
    public Regex Pattern => pattern.Regex;
    public double Confidence { get; init; } = 0.97;

    /// <summary>Bits per character a value must reach; 0 asks nothing.</summary>
    public double MinEntropy { get; init; }

    /// <summary>A character the vendor fills up with, so that a row of it does not make a placeholder.</summary>
    public char? Padding { get; init; }

    /// <summary>Words of which one must stand close before the trigger; none asks nothing.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Words that begin at the trigger and mean something else, as <c>Pass-Nr.</c> does in German.</summary>
    public IReadOnlyList<string> NotAt { get; init; } = [];

    /// <summary>Characters of which one must stand within <see cref="NeedsWithin"/> units, or no value can: cheaper to see than the pattern.</summary>
    public SearchValues<char>? Needs { get; init; }

    public int NeedsWithin { get; init; } = 160;

    /// <summary>Whether what follows the trigger may fit the pattern at all. Never no where the pattern fits; cheaper to see, for triggers that a text can be full of.</summary>
    public Func<ReadOnlySpan<char>, bool>? MayFit { get; init; }

    /// <summary>A rule looks at no more than this many units; what it matched is then taken to the end of its run.</summary>
    public int Window => Needs is null || Lead > 0 ? 1_024 : NeedsWithin;

    /// <summary>For what is told: matched where the sentence comes to the value, after the name and what the name is for (see <see cref="ToldMatch"/>).</summary>
    public Regex? Tail => tail?.Regex;

    /// <summary>The secret is a part of what the pattern matches.</summary>
    public bool HasValueGroup { get; }

    /// <summary>Words that, right before the trigger, make something harmless of it, as in <c>cache key</c>.</summary>
    public IReadOnlyList<string> NotAfter { get; init; } = [];
    public Func<string, bool> Accepts { get; init; } = static _ => true;
    public DetectorProfile Profile { get; }
    public string Reason { get; private init; }

    private SecretRule(string id, string label, IReadOnlyList<string> triggers, string pattern, RegexOptions options, IEnumerable<string> examples, string type)
    {
        Triggers = triggers;
        this.pattern = LazyRegex.Anchored(pattern, options);
        HasValueGroup = pattern.Contains("(?<v>", StringComparison.Ordinal);
        Reason = $"Has the shape of {label}.";
        var templates = examples.ToList();
        Profile = new("secrets." + id, RiskCategory.Secret, type,
            [.. templates.Where(e => e[0] != '!').Select(MadeUp.Fill)],
            [.. templates.Where(e => e[0] != '!').Select(e => MadeUp.Placeholder(e).Replace("⟦", "").Replace("⟧", "")).Where(e => e.Contains(Filler)),
             .. templates.Where(e => e[0] == '!').Select(e => MadeUp.Fill(e[1..]))]);
    }

    /// <summary>What documentation writes for a key; shorter runs may be part of one.</summary>
    private static readonly string Filler = new('x', 16);

    /// <summary>
    /// A token that shows its origin by a fixed beginning. Each example is a template with the secret in brackets, or starts
    /// with <c>!</c> and must be spared; filled with many an x instead of made-up characters, every example must be spared too.
    /// </summary>
    public static SecretRule Token(string id, string label, string trigger, string pattern, string example, params string[] more) =>
        new(id, label, trigger.Split('|'), pattern, RegexOptions.None, [example.Contains('⟦') ? example : $"key ⟦{example}⟧ here", .. LookAlikes(example), .. more], "SECRET") { StartsWord = true, EndsWord = true, MinEntropy = 2.5 };

    /// <summary>The same characters inside a longer word, and the fixed beginning alone.</summary>
    private static IEnumerable<string> LookAlikes(string example) =>
        example.Contains('⟦') ? [] : ["!a word x" + example, $"!begins with {example[..example.IndexOf('{')]} and ends soon"];

    /// <summary>As <see cref="Token"/>, for a fixed part that stands inside the token, at most <paramref name="lead"/> units in.</summary>
    public static SecretRule Around(int lead, string id, string label, string trigger, string pattern, string example, params string[] more) =>
        new(id, label, trigger.Split('|'), pattern, RegexOptions.None, [$"key ⟦{example}⟧ here", .. more], "SECRET") { StartsWord = true, EndsWord = true, Lead = lead };

    /// <summary>A value that means something only because a name stands before it: <c>name… = value</c>.</summary>
    public static SecretRule Named(string id, string label, string names, string value, string example, params string[] more) =>
        new(id, label, names.Split('|'), value, RegexOptions.IgnoreCase, [example, .. more], "SECRET") { EndsWord = true, IsNamed = true };

    /// <summary>
    /// Any pattern with group <c>v</c>, tried where a trigger stands; the examples mark the value in brackets. A trigger after
    /// <c>^</c> counts only where a part of a name begins.
    /// </summary>
    public static SecretRule Free(string id, string reason, string type, string triggers, string pattern, params string[] examples) =>
        new(id, reason, triggers.Replace("^", "").Split('|'), pattern, RegexOptions.IgnoreCase, examples, type)
        {
            Reason = reason,
            PartTriggers = [.. triggers.Split('|').Where(t => t[0] == '^').Select(t => t[1..])],
        };

    /// <summary>A quote, itself escaped up to three times, or as addresses and markup write it.</summary>
    private const string Quote = """(?:\\{0,3}["'`*]|&quot;|&#3[49];|%2[27]|\\u002[27])""";

    /// <summary>As <see cref="Free"/>, for sentences: a name, perhaps what it is for, then <paramref name="tail"/> with group <c>v</c>.</summary>
    public static SecretRule Told(string id, string reason, string type, string triggers, string name, string tail, params string[] examples) =>
        Free(id, reason, type, triggers, name, examples) with
        {
            tail = LazyRegex.Anchored(tail, RegexOptions.IgnoreCase),
        };

    /// <summary>What stands between a name and its value in configuration, code, headers, XML and JSON (quoted or escaped).</summary>
    public const string Assignment =
        $$"""(?:{{Quote}}|[\])]){0,3}(?:\[\d{0,4}\])?[ \t]{0,3}(?:(?:string|str)[ \t]{1,2}|:[ \t]?&?(?:str|string|securestring|text|char|any)[ \t]{1,2})?(?:[:?.!=]{0,3}=[=>]?|<-|[:|：]{1,2}|->|>\s{0,12}|[ \t]is[: ]|%3[AD]|\\u003[ad])[ \t]{0,4}@?{{Quote}}{0,3}""";

    /// <summary>Name and value as two quoted arguments, or a value handed to a constructor.</summary>
    public const string Argument = """(?:["'`],[ \t]{0,2}["'`]|\(["'`])""";

    private static readonly LazyRegex ToNamedValue = LazyRegex.Anchored($@"[\w.\-]{{0,20}}(?:{Assignment}|{Argument})", RegexOptions.IgnoreCase);

    /// <summary>From a name on to where its value begins: the rest of the name, and what assigns.</summary>
    public static Regex ToValue => ToNamedValue.Regex;

    public const string Uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
    public const string MadeUpUuid = "{h8}-{h4}-4{h3}-a{h3}-{h12}";

    public static bool HasDigits(string value) => value.Count(char.IsAsciiDigit) >= 2;

    public static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_';
}
