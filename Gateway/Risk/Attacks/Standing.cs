using Contracts;

namespace Gateway.Risk.Attacks;

/// <summary>Who speaks decides what an instruction means: the operator may give them, a document may not.</summary>
internal enum Standing
{
    Operator,
    Speaker,

    /// <summary>Tool results and files: data, which has no business giving orders.</summary>
    Data,
}

internal static class StandingExtensions
{
    extension(Standing)
    {
        public static Standing Of(PromptPart part) => part switch
        {
            { Role: "tool" } or { Kind: "tool result" or "file" } => Standing.Data,
            { Role: "system" } => Standing.Operator,
            _ => Standing.Speaker,
        };
    }

    public static double Weigh(this Standing standing, double confidence) => standing switch
    {
        Standing.Data => 1 - ((1 - confidence) * 0.5),
        Standing.Operator => confidence * 0.5,
        _ => confidence,
    };

    public static string Explain(this Standing standing, string reason) =>
        standing == Standing.Data ? reason.TrimEnd('.') + ", inside a document or tool result." : reason;
}
