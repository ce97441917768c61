using Contracts;
using CsCheck;
using Gateway.Risk;
using Gateway.Risk.Own;
using Gateway.Shell;

namespace Gateway.Tests.Risk.Own;

public sealed class RegisteredDocuments_Tests : IDisposable
{
    private const string Paper = """
        The board agreed to close the plant in Emden by the end of the second quarter and to move its eleven production lines to Gdansk.
        Severance is budgeted at fourteen million; the works council hears of it on the ninth of May, the press one day later.
        Until then nobody outside this room is told, and the supplier contracts are prolonged by three months as if nothing had happened.
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("documents-").FullName;

    [Fact]
    public void A_paragraph_of_a_registered_document_is_found_where_it_stands_and_named()
    {
        var prompt = "Please put this into plain words:\n\n" + Paper.Split('\n')[1].ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal) + "\n\nThanks a lot, and have a nice weekend.";

        var finding = Assert.Single(Find(prompt));

        Assert.Equal((RiskCategory.Confidential, "REGISTERED_DOCUMENT"), (finding.Category, finding.Type));
        Assert.Contains("board.txt", finding.Reason, StringComparison.Ordinal);
        Assert.InRange(finding.Start, prompt.IndexOf("SEVERANCE", StringComparison.Ordinal), prompt.IndexOf("WORKS", StringComparison.Ordinal));
        Assert.InRange(finding.End, prompt.IndexOf("PRESS", StringComparison.Ordinal), prompt.IndexOf("Thanks", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("The board agreed to close the plant.")]
    [InlineData("The committee decided that the factory in Emden shall be shut down before July, and that its lines are moved to Poland; severance payments are planned, and the press will be told in May.")]
    public void A_few_words_in_common_or_the_same_in_other_words_are_not(string prompt) => Assert.Empty(Find(prompt));

    [Fact]
    public void So_many_letters_in_common_are_always_found_and_fewer_than_a_grain_never()
    {
        var letters = Gen.Char['a', 'z'].Array[400].Select(c => new string(c));
        Gen.Select(letters, letters, letters, Gen.Int[0, 300], Gen.Int[1, 100]).Sample((document, before, after, at, length) =>
        {
            var registered = FingerprintFile.Of([("d", document)]).ByHash;
            var common = document.Substring(at, length);

            var found = Fingerprints.Of(before + common + after).Any(f => registered.ContainsKey(f.Hash));

            if (length >= Fingerprints.Guaranteed) Assert.True(found);
            if (length < Fingerprints.Grain - 8) Assert.False(found); // chance may lengthen what is common by a letter or two
        }, iter: 2_000);
    }

    [Fact]
    public void Hashes_do_not_depend_on_what_stands_before()
    {
        var alone = Fingerprints.Of(FoldedText.Of(Paper).Text).Select(f => f.Hash).ToHashSet();
        var after = Fingerprints.Of(FoldedText.Of("Some other words that have nothing to do with it, for a hundred letters and more, so that a window passes. " + Paper).Text).Select(f => f.Hash);

        Assert.Subset(after.ToHashSet(), alone.Skip(1).ToHashSet());
    }

    [Fact]
    public void The_command_registers_a_folder_and_says_what_it_left_out()
    {
        Directory.CreateDirectory(Path.Combine(folder, "in", "deep"));
        File.WriteAllText(Path.Combine(folder, "in", "deep", "board.txt"), Paper);
        File.WriteAllText(Path.Combine(folder, "in", "note.txt"), "Too short.");
        File.WriteAllBytes(Path.Combine(folder, "in", "image.png"), [0x89, 0, 0, 1]);
        var (said, file) = (new StringWriter(), Path.Combine(folder, "board.fingerprints"));

        Assert.Equal(0, FingerprintCommand.Run(["--in", Path.Combine(folder, "in"), "--out", file], said));

        Assert.Contains("note.txt: left out", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("image.png: left out", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 documents", said.ToString(), StringComparison.Ordinal);
        var read = FingerprintFile.Read(file);
        Assert.Equal([Path.Combine("deep", "board.txt")], read.Documents);
        Assert.Equal(FingerprintFile.Of([("x", Paper)]).ByHash.Keys.Order(), read.ByHash.Keys.Order());
        Assert.DoesNotContain("Emden", File.ReadAllText(file), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_file_that_is_cut_short_or_no_such_file_is_refused()
    {
        var file = Path.Combine(folder, "f");
        FingerprintFile.Of([("x", Paper)]).Write(file);
        var bytes = File.ReadAllBytes(file);
        foreach (var length in new[] { 0, 3, 8, bytes.Length / 2, bytes.Length - 1 })
        {
            File.WriteAllBytes(file, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => FingerprintFile.Read(file));
        }
        File.WriteAllText(file, "Dear Sir or Madam");
        Assert.Throws<InvalidDataException>(() => FingerprintFile.Read(file));
        Assert.Equal(2, FingerprintCommand.Run(["--in", Path.Combine(folder, "none"), "--out", file], TextWriter.Null));
    }

    private static List<Finding> Find(string prompt)
    {
        List<Finding> found = [];
        new DocumentDetector("papers", FingerprintFile.Of([("board.txt", Paper)])).Detect(new InspectedText(new("", "user", "text", prompt)), found);
        return found;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
