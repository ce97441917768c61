namespace Gateway.Policy;

/// <summary>No policy is loaded, so nothing may be let through.</summary>
internal sealed class PolicyMissingException() : Exception("No policy is in force.");

/// <summary>
/// The version that judges now. A request takes it once and keeps it to its end, so that no request is judged by a mix; a
/// switch is one reference.
/// </summary>
internal sealed class PolicyInForce
{
    private volatile PromptPolicy? current;
    private volatile PromptPolicy? shadow;

    /// <exception cref="PolicyMissingException">Fail closed.</exception>
    public PromptPolicy Current => current ?? throw new PolicyMissingException();

    public bool IsLoaded => current is not null;

    /// <summary>A draft that judges along and decides nothing; null when there is none.</summary>
    public PromptPolicy? Shadow => shadow;

    public void Put(PromptPolicy policy) => current = policy;

    public void Watch(PromptPolicy? draft) => shadow = draft;
}
