using Gateway.Tests.Support;
using Gateway.Shell;
using Microsoft.AspNetCore.Builder;

namespace Gateway.Tests.Policies;

/// <summary>A policy tested at a shell and in CI.</summary>
public sealed class PolicyCommand_Tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_documented_example_decides_as_its_cases_expect()
    {
        var docs = Path.Combine(Root, "docs", "policy");
        var (code, said) = await RunAsync("test", Path.Combine(docs, "example.yaml"), Path.Combine(docs, "example.cases.yaml"));
        Assert.True(code == 0, said);
        Assert.Contains("10 passed, 0 failed.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_fails_is_told_with_its_line_and_what_happened_instead()
    {
        var (code, said) = await RunAsync("test", Written("p.yaml", PolicyTexts.Frame), Written("c.yaml", """
            cases:
              - {name: fine, score: 10, expect: forward}
              - {name: not fine, score: 45, expect: block}
              - {name: wrong rule, score: 45, expect: mask, rule: other}
            """));
        Assert.Equal(1, code);
        Assert.Contains("c.yaml(3): not fine: expected block, and it is mask by 'score.mask' (score 45).", said, StringComparison.Ordinal);
        Assert.Contains("c.yaml(4): wrong rule: expected mask by 'other'", said, StringComparison.Ordinal);
        Assert.Contains("1 passed, 2 failed.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases: []", "there are none")]
    [InlineData("cases:\n  - {name: x, expect: block}", "needs either 'text'")]
    [InlineData("cases:\n  - {name: x, score: 1, expect: maybe}", "must be one of")]
    [InlineData("cases:\n  - {name: x, score: 1, expect: block, at: noon}", "must be a moment")]
    [InlineData("case:\n  - {}", "there is no such key here. Did you mean cases?")]
    public async Task Cases_that_cannot_be_read_test_nothing(string cases, string message)
    {
        var (code, said) = await RunAsync("test", Written("p.yaml", PolicyTexts.Frame), Written("c.yaml", cases));
        Assert.Equal(2, code);
        Assert.Contains(message, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_policy_fails_the_check_with_every_line()
    {
        var (code, said) = await RunAsync("check", Written("p.yaml", "thresholds: {mask: 70, park: 60}\nreview: {stages: [{groups: [r], people: 0}]}"));
        Assert.Equal(1, code);
        Assert.Contains("p.yaml(1): thresholds: mask (70) must be lower than park (60)", said, StringComparison.Ordinal);
        Assert.Contains("p.yaml(2): review.stages[1].people", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_wrongly_it_says_how_to_ask()
    {
        Assert.Equal(2, (await RunAsync("chek", "x")).Code);
        Assert.Contains("policy test FILE CASES", (await RunAsync()).Said, StringComparison.Ordinal);
        Assert.Contains("nowhere.yaml", (await RunAsync("check", Path.Combine(folder, "nowhere.yaml"))).Said, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("what-if", Written("p.yaml", PolicyTexts.Frame), "99")).Code);
    }

    [Fact]
    public async Task What_if_looks_at_the_gateways_own_store()
    {
        await using var upstream = await MockUpstream.StartAsync();
        await using var host = await GatewayHost.StartAsync(upstream, data: folder);
        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "echo", "Write to jo.doe@example.org"));
        await host.Caller().PostAsync(Calls.Chat, Calls.Body(Calls.Chat, "echo", "What is a fugue?"));

        var (code, said) = await RunAsync(["what-if", Written("p.yaml", PolicyTexts.Frame.Replace("park: 60", "park: 31", StringComparison.Ordinal))], () => GatewayHost.Build(upstream, folder));
        Assert.True(code == 0, said);
        Assert.Contains("2 prompt(s) of the last 7 day(s): 1 would be treated otherwise.", said, StringComparison.Ordinal);
        Assert.Matches(@"park\s+0 ->\s+1", said);
    }

    private static string Root => typeof(PolicyCommand_Tests).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false).Cast<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "Root").Value!; // set by the project file

    private string Written(string name, string text)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static Task<(int Code, string Said)> RunAsync(params string[] args) => RunAsync(args, () => throw new InvalidOperationException("This needs no gateway."));

    private static async Task<(int Code, string Said)> RunAsync(string[] args, Func<WebApplication> compose)
    {
        await using var output = new StringWriter();
        return (await PolicyCommand.RunAsync(args, output, compose), output.ToString());
    }
}
