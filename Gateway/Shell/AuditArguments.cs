namespace Gateway.Shell;

/// <summary>What stands behind <c>audit verify</c>.</summary>
internal sealed record AuditArguments(IReadOnlyList<string> KeyFiles, string? AnchorFile)
{
    /// <returns>Null where something is not understood.</returns>
    public static AuditArguments? Read(string[] args)
    {
        var (keys, anchor) = (new List<string>(), (string?)null);
        while (args.Length > 0)
        {
            switch (args)
            {
                case ["--key", var file, .. var rest]:
                    keys.Add(file);
                    args = rest;
                    break;
                case ["--anchor", var file, .. var rest] when anchor is null:
                    anchor = file;
                    args = rest;
                    break;
                default:
                    return null;
            }
        }
        return new AuditArguments(keys, anchor);
    }
}
