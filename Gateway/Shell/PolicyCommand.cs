using Contracts.Api;
using Gateway.Policies;
using Gateway.Policy;
using Gateway.Policy.Yaml;
using Gateway.Risk;
using Gateway.Tuning;
using Microsoft.Extensions.Options;

namespace Gateway.Shell;

/// <summary>
/// <c>policy check FILE</c>, <c>policy test FILE CASES</c> and <c>policy what-if FILE [days]</c>: the same questions as in the
/// console, for people at a shell and for CI. Ends with 0, with 1 where the policy fails, with 2 where it was asked wrongly.
/// </summary>
internal static class PolicyCommand
{
    private const int Failed = 1;
    private const int AskedWrongly = 2;
    private const int MostDays = 31;

    /// <param name="compose">Makes the gateway that looks at its own store, as its settings say.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, Func<WebApplication> compose)
    {
        try
        {
            return args switch
            {
                ["check", var policy] => Check(await File.ReadAllTextAsync(policy), policy, output) is null ? Failed : 0,
                ["test", var policy, var cases] => Test(await File.ReadAllTextAsync(policy), policy, await File.ReadAllTextAsync(cases), cases, output),
                ["what-if", var policy, .. var days] when Days(days) is { } back => await WhatIfAsync(await File.ReadAllTextAsync(policy), policy, back, output, compose),
                _ => Usage(output),
            };
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(missing.Message);
            return AskedWrongly;
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var failure in wrong.Failures) output.WriteLine(failure);
            return AskedWrongly;
        }
        catch (System.Data.Common.DbException away)
        {
            output.WriteLine($"This gateway's store cannot be read: {away.Message}");
            return AskedWrongly;
        }
    }

    private static PolicyDocument? Check(string text, string file, TextWriter output)
    {
        var types = Scorers().FindingTypes;
        var reading = PolicyReader.Read(text, new PolicyWorld(null, null, types));
        Tell(reading.Errors, file, output);
        if (reading.Document is { } document) output.WriteLine($"{file}: {document.Rules.Count} rule(s), nothing wrong with it. Which groups may review is known to a running gateway only.");
        return reading.Document;
    }

    private static int Test(string text, string file, string caseText, string caseFile, TextWriter output)
    {
        if (Check(text, file, output) is not { } document) return Failed;
        var (cases, errors) = PolicyCases.Read(caseText, Scorers().Scorer, TimeProvider.System.GetUtcNow());
        Tell(errors, caseFile, output);
        if (errors.Count > 0) return AskedWrongly;

        var policy = new PromptPolicy(document, "test");
        var failures = 0;
        foreach (var test in cases)
        {
            var decision = policy.Decide(test.Facts);
            if (decision.Action == test.Expect && (test.Rule is null || test.Rule == decision.Rule)) continue;
            failures++;
            output.WriteLine($"{caseFile}({test.Line}): {test.Name}: expected {Word(test.Expect)}{(test.Rule is null ? "" : $" by '{test.Rule}'")}, and it is {decision.Word} by '{decision.Rule}' (score {test.Facts.Score}).");
        }
        output.WriteLine($"{cases.Count - failures} passed, {failures} failed.");
        return failures == 0 ? 0 : Failed;
    }

    private static async Task<int> WhatIfAsync(string text, string file, int days, TextWriter output, Func<WebApplication> compose)
    {
        if (Check(text, file, output) is not { } document) return Failed;
        await using var gateway = compose();
        await gateway.Services.GetRequiredService<PolicyReload>().LookAsync(CancellationToken.None);
        if (!gateway.Services.GetRequiredService<PolicyInForce>().IsLoaded)
        {
            output.WriteLine("This gateway's store holds no policy yet: it has never been started.");
            return AskedWrongly;
        }
        var report = await gateway.Services.GetRequiredService<WhatIf>().CompareAsync(new PromptPolicy(document, file), TimeSpan.FromDays(days), CancellationToken.None);
        Tell(report, days, output);
        return 0;
    }

    private static void Tell(WhatIfReport report, int days, TextWriter output)
    {
        output.WriteLine($"{report.Judged} prompt(s) of the last {days} day(s){(report.Truncated ? ", the newest of more" : "")}: {report.Changed} would be treated otherwise.");
        foreach (var (action, now) in report.Now) output.WriteLine($"  {action,-8} {now,8} -> {report.Then[action],8}");
        output.WriteLine($"  released by people and now blocked: {report.ReleasedNowBlocked}; rejected and now let through: {report.RejectedNowForwarded}");
    }

    private static void Tell(IReadOnlyList<PolicyError> errors, string file, TextWriter output)
    {
        foreach (var error in errors) output.WriteLine(error.Line > 0 ? $"{file}({error.Line}): {error.Message}" : $"{file}: {error.Message}");
    }

    /// <summary>The detectors of a gateway with these settings, without one.</summary>
    private static (RiskScorer Scorer, IReadOnlySet<string>? FindingTypes) Scorers()
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddRisk().BuildServiceProvider();
        return (services.GetRequiredService<RiskScorer>(), PolicyExtensions.FindingTypes(services));
    }

    private static int? Days(string[] days) => days switch
    {
        [] => 7,
        [var number] when int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var back) && back is >= 1 and <= MostDays => back,
        _ => null,
    };

    private static int Usage(TextWriter output)
    {
        output.WriteLine("policy check FILE            everything that is wrong with a policy, with its line");
        output.WriteLine("policy test FILE CASES       whether it decides as the cases expect");
        output.WriteLine($"policy what-if FILE [DAYS]   what it would have done to recorded prompts, 1 to {MostDays} days back (7)");
        return AskedWrongly;
    }

    private static string Word(PolicyAction action) => action.ToString().ToLowerInvariant();
}
