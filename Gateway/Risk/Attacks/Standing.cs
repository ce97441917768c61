using Contracts;

namespace Gateway.Risk.Attacks;

/// <summary>Who speaks decides what an instruction means: the operator may give them, a document may not.</summary>
internal enum Standing
{
    Operator,
    Speaker,

    /// <summary>What the model is said to have answered before. A caller may have made it up, so a sign in it counts as anywhere; that it reads unlike a person's words does not.</summary>
    Model,

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
            { Role: "assistant" } => Standing.Model,
            _ => Standing.Speaker,
        };
    }

    public static double Weigh(this Standing standing, double confidence) => standing switch
    {
        Standing.Data => 1 - ((1 - confidence) * 0.5),
        Standing.Operator => confidence * 0.5,
        _ => confidence,
    };

    /// <summary>As <see cref="Weigh"/>, for a probability that even a harmless text has a little of: the odds are weighed.</summary>
    public static double WeighOdds(this Standing standing, double probability)
    {
        var odds = standing switch { Standing.Data => 3.0, Standing.Operator => 1 / 3.0, Standing.Model => 0.5, _ => 1.0 };
        return probability * odds / (1 - probability + (probability * odds));
    }

    public static string Explain(this Standing standing, string reason) =>
        standing == Standing.Data ? reason.TrimEnd('.') + ", inside a document or tool result." : reason;
}
