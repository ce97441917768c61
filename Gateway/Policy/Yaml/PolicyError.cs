namespace Gateway.Policy.Yaml;

/// <summary>Something wrong with a policy's text.</summary>
/// <param name="Line">1-based; 0 where it is about the whole.</param>
internal sealed record PolicyError(int Line, string Message);

/// <summary>Everything that is wrong, so that people need not find one error after the other.</summary>
internal sealed class PolicyErrors
{
    public const int Most = 100;
    private readonly List<PolicyError> all = [];

    public IReadOnlyList<PolicyError> InOrder => [.. all.OrderBy(error => error.Line).Take(Most)];

    public bool Any => all.Count > 0;

    public void Add(int line, string message) => all.Add(new PolicyError(line, message));
}
