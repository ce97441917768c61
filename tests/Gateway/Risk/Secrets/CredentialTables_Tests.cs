using Contracts;
using Gateway.Risk;

namespace Gateway.Tests.Risk.Secrets;

/// <summary>What prompts with and without credentials look like, in several languages and formats.</summary>
public sealed class CredentialTables_Tests
{
    public static TheoryData<string> Given => [.. Lines(ToldCredentials.English, ToldCredentials.Others, WrittenCredentials.Settings, WrittenCredentials.Code)];

    public static TheoryData<string> Harmless => [.. Lines(HarmlessTalk.Prose, HarmlessTalk.Others, HarmlessCode.Lines)];

    [Theory, MemberData(nameof(Given))]
    public void A_credential_in_a_prompt_is_found_whole(string line)
    {
        var marked = Marked.Read(MadeUp.Fill(line));

        var found = Secrets(marked.Text);

        Assert.NotEmpty(marked.Spans);
        Assert.All(marked.Spans, span => Assert.Contains(found, f => f.Start <= span.Start && f.End >= span.End));
    }

    [Theory, MemberData(nameof(Harmless))]
    public void Talk_and_code_about_credentials_is_spared(string line) => Assert.Empty(Secrets(MadeUp.Fill(line)));

    [Fact]
    public void There_are_hundreds_of_either_kind()
    {
        Assert.InRange(Given.Count, 250, 2_000);
        Assert.InRange(Harmless.Count, 250, 2_000);
    }

    private static List<Finding> Secrets(string text) => [.. RiskRoom.Assess(text).Findings.Where(f => f.Category == RiskCategory.Secret)];

    private static IEnumerable<string> Lines(params string[] tables) =>
        tables.SelectMany(table => table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(line => line.Replace('⏎', '\n')).Distinct();
}
