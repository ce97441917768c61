namespace Gateway.Policies;

/// <summary>The published JSON Schema of a policy. Editors use it; what counts is what the reader says.</summary>
internal static class PolicySchema
{
    private static readonly Lazy<string> Text = new(() =>
    {
        using var resource = typeof(PolicySchema).Assembly.GetManifestResourceStream("policy.schema.json") ?? throw new InvalidOperationException("The policy's schema is not in this build.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    });

    public static string Json => Text.Value;
}
