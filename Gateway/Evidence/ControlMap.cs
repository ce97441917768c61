namespace Gateway.Evidence;

/// <summary>A control of a standard, and the kinds of entries that answer it.</summary>
/// <param name="Kinds">A word that ends in a dot stands for all that begin with it.</param>
internal sealed record Control(string Standard, string Name, string Asks, params IReadOnlyList<string> Kinds)
{
    public bool IsAnsweredBy(string kind) => Kinds.Any(word => word.EndsWith('.') ? kind.StartsWith(word, StringComparison.Ordinal) : kind == word);
}

/// <summary>
/// Which entries answer which control. Sources: AICPA Trust Services Criteria (2017, rev. 2022), ISO/IEC 27001:2022 Annex A, 45 CFR
/// 164.312, Regulation (EU) 2016/679, Regulation (EU) 2024/1689. Whether a control is met is for an auditor to say.
/// </summary>
internal static class ControlMap
{
    private static readonly string[] Prompts = ["request", "interaction", "parked", "joined", "execution", "answer"];
    private static readonly string[] People = ["decision", "vote.", "approval.", "claim.", "glass.broken", "opened", "reveal"];
    private static readonly string[] Access = ["sign-in", "sign-out", "key."];
    private static readonly string[] Changes = ["policy.draft", "policy.version", "grant"];
    private static readonly string[] Data = ["erasure", "hold", "evidence"];

    public static IReadOnlyList<Control> All { get; } =
    [
        new("SOC 2", "CC6.1", "Logical access to information is restricted and recorded.", [.. Access, .. Prompts]),
        new("SOC 2", "CC6.3", "Access is given, changed and taken away by roles, with separate duties.", "key.", "grant", "policy.version", "glass.broken"),
        new("SOC 2", "CC7.2", "The system is watched for what is unusual or malicious.", Prompts),
        new("SOC 2", "CC7.3", "Events are looked at by people, and acted upon.", People),
        new("SOC 2", "CC8.1", "Changes are authorised, tested and approved before they are in force.", Changes),
        new("ISO 27001", "A.5.15", "Access control.", [.. Access, "grant"]),
        new("ISO 27001", "A.5.28", "Evidence is collected so that it can be used.", "evidence", "hold"),
        new("ISO 27001", "A.8.12", "Data is kept from leaking.", "interaction", "parked", "answer", "decision"),
        new("ISO 27001", "A.8.15", "Activities are logged, and the logs are protected.", [.. Prompts, .. People, .. Access, .. Changes, .. Data]),
        new("ISO 27001", "A.8.16", "Activities are monitored.", [.. Prompts, .. People]),
        new("ISO 27001", "A.8.32", "Changes are managed.", Changes),
        new("HIPAA", "164.312(a)(1)", "Only those who may have access do.", [.. Access, "opened", "reveal"]),
        new("HIPAA", "164.312(b)", "Activity in systems that hold health information is recorded and examined.", [.. Prompts, .. People]),
        new("HIPAA", "164.312(c)(1)", "What is held is protected from being altered or destroyed.", Data),
        new("HIPAA", "164.312(d)", "A person is who they say they are.", "sign-in", "sign-out"),
        new("GDPR", "Art. 5(2)", "Who is responsible can show that the principles are kept.", [.. Prompts, .. People, .. Data]),
        new("GDPR", "Art. 17", "Data is erased when it must be.", "erasure"),
        new("GDPR", "Art. 30", "Processing activities are on record.", Prompts),
        new("EU AI Act", "Art. 12", "Events are recorded automatically over the system's life.", [.. Prompts, .. Changes]),
        new("EU AI Act", "Art. 14", "People oversee the system and can step in.", [.. People, "policy.version"]),
    ];
}
