using Contracts;
using Gateway.Habits;
using Gateway.Tests.Policies;
using Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Habits;

/// <summary>How a call is told from what its caller usually sends.</summary>
public sealed class Habits_Tests
{
    private static readonly Dictionary<string, string?> On = new() { ["Habits:Enabled"] = "true" };
    private static readonly DateTimeOffset Morning = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_call_is_told_and_the_second_is_none()
    {
        var habit = new Habit([]);
        Assert.Equal(["FIRST_CALL"], Types(habit.Note(new(Morning, "m", 10))));
        Assert.Empty(habit.Note(new(Morning, "m", 10)));
    }

    [Fact]
    public void Of_a_few_calls_nobody_says_what_is_usual()
    {
        var habit = new Habit(Calls(Habit.FewestCalls - 2));
        Assert.Empty(habit.Note(new(Morning, "another", 100_000)));
        Assert.Empty(habit.Note(new(Morning, "a third", 1_000_000)));
        Assert.Equal(["NEW_MODEL"], Types(habit.Note(new(Morning, "a fourth", 10))));
    }

    [Fact]
    public void A_model_is_new_once()
    {
        var habit = new Habit(Calls(50));
        Assert.Equal(["NEW_MODEL"], Types(habit.Note(new(Morning, "another", 10))));
        Assert.Empty(habit.Note(new(Morning, "another", 10)));
    }

    [Theory]
    [InlineData(1_000, 3_999, false)] // shorter than anybody would call long
    [InlineData(500, 4_001, true)]
    [InlineData(2_000, 8_000, false)]
    [InlineData(2_000, 8_001, true)]
    public void A_prompt_is_long_by_the_longest_before_it(int longest, int length, bool unusual)
    {
        var found = new Habit(Calls(50, longest)).Note(new(Morning, "m", length));
        Assert.Equal(unusual ? ["LONGER_THAN_USUAL"] : [], Types(found));
        Assert.All(found, finding => Assert.Contains($"{length:N0}", finding.Reason));
    }

    [Fact]
    public void Calls_are_fast_by_the_busiest_minute_before_and_stay_so_until_they_slow_down()
    {
        var habit = new Habit([.. Enumerable.Range(0, 50).Select(n => new PastCall(Morning.AddSeconds(-6 * n), "m", 10))]); // ten a minute
        Assert.All(Enumerable.Range(0, 30), _ => Assert.Empty(habit.Note(new(Morning, "m", 10))));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(["FASTER_THAN_USUAL"], Types(habit.Note(new(Morning.AddSeconds(59), "m", 10)))));

        // The next minute is judged by what was usual of the last: thirty calls, not a hundred and thirty.
        var next = Enumerable.Range(0, 130).Count(_ => habit.Note(new(Morning.AddMinutes(1), "m", 10)).Count > 0);
        Assert.Equal(130 - (3 * 30), next);
    }

    [Fact]
    public void A_caller_of_a_few_calls_a_day_may_make_a_few_at_once()
    {
        var habit = new Habit([.. Enumerable.Range(0, 50).Select(n => new PastCall(Morning.AddHours(-n), "m", 10))]);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.Empty(habit.Note(new(Morning, "m", 10))));
    }

    [Fact]
    public async Task Habits_outlive_the_process_are_of_one_caller_and_tell_policy_and_trail()
    {
        await using var upstream = await MockUpstream.StartAsync();
        var data = Directory.CreateTempSubdirectory("habits-").FullName;
        var model = upstream.Model(Answers.Chat("Fine."));
        await using (var before = await GatewayHost.StartAsync(upstream, On, data: data))
        {
            for (var n = 0; n < 25; n++) Assert.Equal(System.Net.HttpStatusCode.OK, (await before.Caller().PostAsync(Support.Calls.Chat, Support.Calls.Body(Support.Calls.Chat, model))).Status);
        }

        await using var host = await GatewayHost.StartAsync(upstream, On, data: data);
        host.Policies.Put(PolicyTexts.WithRules("  - {name: long ones, when: {upstreams: [mock-openai], findings: [{category: unusual, type: LONGER_THAN_USUAL}]}, then: {action: block}}\n"));
        var words = string.Concat(Enumerable.Repeat("The weather is fine today. ", 200));
        var body = Support.Calls.Body(Support.Calls.Chat, model, words);
        Assert.Equal("policy_blocked", (await host.Caller().PostAsync(Support.Calls.Chat, body)).AssertError(Support.Calls.Chat, System.Net.HttpStatusCode.Forbidden));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await host.Caller(GatewayHost.BobKey).PostAsync(Support.Calls.Chat, body)).Status); // who never called has no habit

        var blocked = await host.EntryAsync(e => e.Rule == "long ones");
        Assert.Equal(",LONGER_THAN_USUAL,", blocked.FindingTypes);
        Assert.InRange(blocked.Score!.Value, 1, 29); // alone it stays below every line
        Assert.Equal(",FIRST_CALL,", (await host.EntryAsync(e => e.Actor == "bob" && e.Kind == "interaction")).FindingTypes);
        await host.AssertHealthyAsync();
    }

    [Fact]
    public async Task Of_calls_that_come_at_once_none_is_forgotten()
    {
        await using var upstream = await MockUpstream.StartAsync();
        await using var host = await GatewayHost.StartAsync(upstream, On);
        var habits = host.Services.GetRequiredService<CallerHabits>();
        await habits.NoteAsync("crowd", "m", 10, TestContext.Current.CancellationToken);
        var found = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () => await habits.NoteAsync("crowd", "m", 10, TestContext.Current.CancellationToken))));
        Assert.InRange(found.Count(each => each.Any(finding => finding.Type == "FASTER_THAN_USUAL")), 100, 181); // fewer where a minute ends in between
    }

    private static List<PastCall> Calls(int count, int length = 10) => [.. Enumerable.Range(0, count).Select(n => new PastCall(Morning.AddHours(-n - 1), "m", length))];

    private static List<string> Types(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.Type)];
}
