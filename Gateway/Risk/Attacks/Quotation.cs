using System.Buffers;

namespace Gateway.Risk.Attacks;

/// <summary>Talk about attacks quotes them; whoever asks what a phrase means does not use it.</summary>
internal static class Quotation
{
    private const int Near = 120;
    private const double Quoted = 0.35;

    private static readonly SearchValues<string> TalkingAbout = SearchValues.Create(
        ["what is", "what does", "what are", "explain", "such as", "example of", "examples of", "for example", "e.g.", "phrases like", "prompts like", "something like", "prompt injection", "jailbreak attempt",
         "how do i detect", "how to detect", "how can i prevent", "defend against", "blog", "article", "paper", "they say", "users type", "attackers"], StringComparison.Ordinal);

    /// <summary>1, or less when the phrase opens a quotation and the words before say that it is talked about.</summary>
    public static double Damping(string folded, int at)
    {
        if (at == 0 || folded[at - 1] is not ('"' or '\'' or '`')) return 1;
        var before = folded.AsSpan(Math.Max(0, at - Near), Math.Min(at, Near));
        return before.IndexOfAny(TalkingAbout) >= 0 ? Quoted : 1;
    }
}
