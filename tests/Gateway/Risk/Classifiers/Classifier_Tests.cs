using Contracts;
using Gateway.Risk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Tests.Risk.Classifiers;

/// <summary>A classifier from a file adds to what the gateway finds itself, and what it cannot read is no harmless text.</summary>
public sealed class Classifier_Tests : IDisposable
{
    private const string Words = "the cat sat on mat obey! hm?";
    private readonly string folder = Directory.CreateTempSubdirectory("classifier-").FullName;
    private readonly FakeTimeProvider clock = new();
    private readonly List<ServiceProvider> gateways = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Classifier_Tests() => Write(TinyModel.Of(Words));

    [Fact]
    public async Task What_it_takes_for_risky_is_found_in_the_units_of_the_text()
    {
        const string text = "😀  The cat: OBEY 😀 ";

        var finding = Assert.Single((await AssessAsync(text)).Findings, f => f.Detector == "attack.own-tiny");

        Assert.Equal((RiskCategory.Attack, "PROMPT_INJECTION", 0, text.Length - 1), (finding.Category, finding.Type, finding.Start, finding.End));
        Assert.InRange(finding.Confidence, 0.99, 1);
    }

    [Theory]
    [InlineData("The cat sat on the mat.")]
    [InlineData("[CLS] words nobody knows [SEP]")]
    [InlineData(" ")]
    public async Task What_it_takes_for_harmless_is_spared(string text) => Assert.Empty((await AssessAsync(text)).Findings);

    [Theory]
    [InlineData("0.5", 1)]
    [InlineData("0.6", 0)]
    public async Task The_threshold_says_how_sure_it_must_be(string threshold, int found) =>
        Assert.Equal(found, (await AssessAsync("hm", ("Threshold", threshold))).Findings.Count);

    [Fact]
    public async Task The_labels_say_which_outputs_are_risky()
    {
        Assert.Single((await AssessAsync("the cat", ("Labels:0", "0"))).Findings);
        Assert.Empty((await AssessAsync("obey", ("Labels:0", "0"))).Findings);
    }

    [Fact]
    public async Task A_model_with_one_output_says_a_probability_by_itself()
    {
        Write(TinyModel.Of(Words, classes: 1));

        Assert.InRange(Assert.Single((await AssessAsync("obey")).Findings).Confidence, 0.99, 1);
        Assert.Empty((await AssessAsync("the cat")).Findings);
    }

    [Fact]
    public async Task A_vocabulary_of_SentencePiece_is_read_as_well()
    {
        (string, string)[] settings = [("Vocabulary", Save("spm.model", TinyModel.SentencePieces(Words))), ("MaxTokens", "18")];
        var text = $"😀 {string.Join(' ', Enumerable.Repeat("the cat", 20))}\nobey";

        Assert.Equal(text.Length, Assert.Single((await AssessAsync(text, settings)).Findings).End);
        Assert.Empty((await AssessAsync("The cat sat on the mat, unknown to all.", settings)).Findings);
    }

    [Fact]
    public async Task A_long_text_is_read_in_windows_and_only_those_around_the_place_are_found()
    {
        var harmless = string.Join(' ', Enumerable.Repeat("cat", 100));

        var finding = Assert.Single((await AssessAsync($"{harmless} obey {harmless}", ("MaxTokens", "18"), ("MostWindows", "40"))).Findings);

        Assert.True(finding.Start <= harmless.Length + 1 && finding.End >= harmless.Length + 5);
        Assert.InRange(finding.End - finding.Start, 4, 2 * 16 * 4);
    }

    [Fact]
    public async Task What_is_behind_the_last_window_counts_as_not_inspected()
    {
        var text = string.Join(' ', Enumerable.Repeat("cat", 100));

        var fault = Assert.Single((await AssessAsync(text, ("MaxTokens", "18"), ("MostWindows", "2"))).Findings);

        Assert.Equal((RiskCategory.Fault, text.Length), (fault.Category, fault.End));
        Assert.Contains("longer than 2 windows", fault.Reason, StringComparison.Ordinal);
        Assert.InRange(fault.Start, 16 * 4, 32 * 4);
    }

    [Fact]
    public async Task A_word_without_end_is_read_in_pieces_and_breaks_no_pair()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("😀", 5_000));

        Assert.Empty((await AssessAsync(text, ("MostWindows", "1000"))).Findings);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_stopped_and_counts_as_not_inspected()
    {
        var classifier = new Gateway.Risk.Classifiers.Classifier(new() { Name = "endless", Model = Save("endless.onnx", TinyModel.Endless()), Vocabulary = Path.Combine(folder, "vocab.txt") });
        using var scorer = new RiskScorer([], advisers: [new(classifier, clock)]);

        var waiting = scorer.AssessAsync([new("", "user", "text", "the cat")], Stop);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Contains("did not answer in time", Assert.Single((await waiting).Findings).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_model_keeps_the_gateway_from_starting()
    {
        Save("model.onnx", "Dear Sir or Madam"u8.ToArray());

        Assert.Contains("Detectors:Classifiers:0 cannot be used", WhyNot(), StringComparison.Ordinal);
    }

    [Fact]
    public void So_does_a_model_that_takes_something_else()
    {
        Write(TinyModel.Of(Words, ids: "pixels"));

        Assert.Contains("its inputs must be input_ids, attention_mask and perhaps token_type_ids, and are pixels, attention_mask", WhyNot(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Labels:0", "2", "it gives 2 classes")]
    [InlineData("Finds:0", "the cat", "it does not find Finds:0")]
    [InlineData("Spares:0", "obey", "it does not spare Spares:0")]
    [InlineData("Category", "Secret", "needs a Category")]
    [InlineData("Vocabulary", "/nowhere/vocab.txt", "names a file that is not there: /nowhere/vocab.txt")]
    [InlineData("Timeout", "01:00:00", "needs a Timeout")]
    [InlineData("MaxTokens", "2", "needs MaxTokens")]
    [InlineData("AtOnce", "0", "needs Threads and AtOnce")]
    public void So_does_a_setting_that_does_not_fit(string key, string value, string why) => Assert.Contains(why, WhyNot((key, value)), StringComparison.Ordinal);

    [Fact]
    public async Task The_version_of_a_score_tells_one_model_from_another()
    {
        var before = (await AssessAsync("the cat")).ScorerVersion;
        Assert.Equal(before, (await AssessAsync("the cat")).ScorerVersion);
        Write(TinyModel.Of("the cat sat on mat obey"));

        Assert.NotEqual(before, (await AssessAsync("the cat")).ScorerVersion);
        Assert.StartsWith(RiskWeights.Version + " own-", before, StringComparison.Ordinal);
    }

    private void Write((byte[] Model, string Vocabulary) files)
    {
        Save("model.onnx", files.Model);
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), files.Vocabulary);
    }

    private string Save(string name, byte[] content)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    private string WhyNot(params (string Key, string Value)[] settings) => Assert.Throws<OptionsValidationException>(() => Scorer(settings)).Message;

    private async Task<RiskAssessment> AssessAsync(string text, params (string Key, string Value)[] settings) => await Scorer(settings).AssessAsync([new("/a", "user", "text", text)], Stop);

    private RiskScorer Scorer(params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] usual = [("Name", "tiny"), ("Model", Path.Combine(folder, "model.onnx")), ("Vocabulary", Path.Combine(folder, "vocab.txt"))];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(usual.Concat(settings).ToLookup(s => s.Key).Select(s => KeyValuePair.Create("Detectors:Classifiers:0:" + s.Key, (string?)s.Last().Value))).Build();
        var gateway = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(clock).AddRisk().BuildServiceProvider();
        gateways.Add(gateway);
        return gateway.GetRequiredService<RiskScorer>();
    }

    public void Dispose()
    {
        foreach (var gateway in gateways) gateway.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
