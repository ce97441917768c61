using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Masking;

namespace Gateway.Tests.Masking;

/// <summary>
/// Files of what may leave: a prompt, ten dashes, what the model sees; and, where there is more, ten dashes, what the
/// model answers, ten dashes, what the caller sees. In <c>*.json.txt</c> the answer is JSON source.
/// </summary>
public sealed class GoldenTests
{
    private const string Dashes = "\n----------\n";

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder(), "*.txt").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Only_what_may_leave_leaves(string file)
    {
        var sections = File.ReadAllText(Path.Combine(Folder(), file)).TrimEnd('\n').Split(Dashes);
        var pseudonyms = new Pseudonyms([sections[0]]);

        var masked = TextMask.Apply(sections[0], SampleFinder.Find(sections[0]), pseudonyms);
        Assert.Equal(sections[1], masked);
        if (sections.Length == 2) return;

        var stream = new AnswerMask(SampleFinder.Find, pseudonyms, value => masked.Contains(value, StringComparison.Ordinal)).Open(file.EndsWith(".json.txt", StringComparison.Ordinal));
        var left = new StringBuilder();
        foreach (var c in sections[2]) left.Append(stream.Push(c.ToString()));
        Assert.Equal(sections[3], left.Append(stream.Finish()).ToString());
        Assert.Equal(4, sections.Length);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
