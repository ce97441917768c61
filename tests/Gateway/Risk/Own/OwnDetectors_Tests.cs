using Contracts;
using Gateway.Policy;
using Gateway.Risk;
using Gateway.Risk.Own;
using Gateway.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Risk.Own;

/// <summary>What an installation itself calls sensitive, from its settings to a finding.</summary>
public sealed class OwnDetectors_Tests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("own-").FullName;

    [Theory]
    [InlineData("When does Project Bluebird start?", "Project Bluebird")]
    [InlineData("When does PROJECT\n  bluebird start?", "PROJECT\n  bluebird")]
    [InlineData("pr0ject bluеbird", "pr0ject bluеbird")]
    [InlineData("Das Zürich-Papier, bitte", "Zürich-Papier")]
    [InlineData("see NW-7741.", "NW-7741")]
    public void A_word_of_a_list_is_found_as_a_reader_would_see_it(string text, string word)
    {
        var scorer = Scorer(("WordLists:0:Name", "projects"), ("WordLists:0:Words:0", "Project Bluebird"), ("WordLists:0:Words:1", "zurich-papier"), ("WordLists:0:Words:2", "NW-7741"), ("WordLists:0:Type", "PROJECT_NAME"));

        var finding = Assert.Single(Of(scorer, text), f => f.Detector == "confidential.own-projects");

        Assert.Equal((RiskCategory.Confidential, "PROJECT_NAME", word), (finding.Category, finding.Type, text[finding.Start..finding.End]));
    }

    [Theory]
    [InlineData("The bluebirds of the project are blue.")]
    [InlineData("XNW-7741")]
    [InlineData("NW-77419")]
    public void A_part_of_a_longer_word_is_not(string text) =>
        Assert.DoesNotContain(Of(Scorer(("WordLists:0:Name", "projects"), ("WordLists:0:Words:0", "bluebird"), ("WordLists:0:Words:1", "NW-7741")), text), f => f.Category == RiskCategory.Confidential);

    [Fact]
    public async Task A_policy_may_name_their_types()
    {
        await using var upstream = await MockUpstream.StartAsync();
        await using var host = await GatewayHost.StartAsync(upstream, new() { ["Detectors:WordLists:0:Name"] = "projects", ["Detectors:WordLists:0:Type"] = "PROJECT_NAME", ["Detectors:WordLists:0:Words:0"] = "bluebird" });
        Assert.Contains("PROJECT_NAME", host.Services.GetRequiredService<PolicyWorld>().FindingTypes!);
    }

    [Fact]
    public void A_list_is_read_from_a_file_and_its_longest_word_counts()
    {
        var file = Path.Combine(folder, "words.txt");
        File.WriteAllText(file, "# customers\nNorthwind\nNorthwind Traders\n\n");
        const string text = "Ask northwind traders and Northwind.";

        var found = Of(Scorer(("WordLists:0:Name", "customers"), ("WordLists:0:File", file)), text).Where(f => f.Category == RiskCategory.Confidential);

        Assert.Equal(["northwind traders", "Northwind"], found.Select(f => text[f.Start..f.End]));
    }

    [Fact]
    public void A_personal_pattern_is_masked_in_prompts_and_in_answers_however_they_are_cut()
    {
        var scorer = Scorer(("Patterns:0:Name", "customer-number"), ("Patterns:0:Category", "Personal"), ("Patterns:0:Type", "CUSTOMER_NUMBER"), ("Patterns:0:Pattern", @"\bKD-\d{4}\b"));

        Assert.Equal("CUSTOMER_NUMBER", Assert.Single(scorer.FindSensitive("The customer KD-2204 called.")).Type);
        Assert.Equal("KD-2204", "KD-2204 called".Substring(Assert.Single(scorer.FindSensitive("KD-2204 called")).Start, 7));
        Assert.Empty(scorer.FindSensitive("The customer KD-22 04 called."));
    }

    [Fact]
    public void A_confidential_pattern_may_cross_white_space_and_is_not_masked()
    {
        var scorer = Scorer(("Patterns:0:Name", "plant"), ("Patterns:0:Pattern", @"(?i:plant\s+emden)"), ("Patterns:0:Reason", "Names the plant that closes."));

        Assert.Equal("Names the plant that closes.", Assert.Single(Of(scorer, "What about Plant\nEmden?")).Reason);
        Assert.Empty(scorer.FindSensitive("What about Plant Emden?"));
    }

    [Theory]
    [InlineData("(?<=x)a", "cannot be used")]
    [InlineData(@"(a)\1", "cannot be used")]
    [InlineData("(a", "cannot be used")]
    [InlineData("a*", "fits the empty text")]
    [InlineData("", "1 to 1,000 characters")]
    public void A_pattern_that_could_be_slow_or_fits_everything_is_refused_at_the_start(string pattern, string why)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Scorer(("Patterns:0:Name", "p"), ("Patterns:0:Pattern", pattern)));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_in_the_settings_is_told_at_once()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Scorer(
            ("WordLists:0:Name", "Projects!"), ("WordLists:0:Type", "project"), ("WordLists:0:Category", "Attack"), ("WordLists:0:Confidence", "0.1"), ("WordLists:1:Name", "empty"),
            ("Documents:0:File", "/nowhere"), ("Patterns:0:Name", "twice"), ("Patterns:0:Pattern", "a"), ("Patterns:1:Name", "twice"), ("Patterns:1:Pattern", "b")));

        Assert.Equal(8, refused.Failures.Count());
    }

    [Fact]
    public void A_file_of_fingerprints_that_is_none_is_told_at_the_start()
    {
        var file = Path.Combine(folder, "board.fingerprints");
        File.WriteAllText(file, "Dear Sir or Madam");

        var refused = Assert.Throws<OptionsValidationException>(() => Scorer(("Documents:0:File", file)));

        Assert.Contains("was not written by the command fingerprint", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_of_a_score_tells_one_list_from_another()
    {
        string Version(string word) => Scorer(("WordLists:0:Name", "w"), ("WordLists:0:Words:0", word)).Assess([new("", "user", "text", "hello")]).ScorerVersion;

        Assert.NotEqual(Version("a"), Version("b"));
        Assert.Equal(Version("a"), Version("a"));
        Assert.StartsWith(RiskWeights.Version + " own-", Version("a"), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Of(RiskScorer scorer, string text) => scorer.Assess([new("", "user", "text", text)]).Findings;

    private static RiskScorer Scorer(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Detectors:" + s.Key, (string?)s.Value))).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddRisk().BuildServiceProvider();
        return services.GetRequiredService<RiskScorer>();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
