using Microsoft.ML.Tokenizers;

namespace Gateway.Risk.Classifiers;

/// <summary>A piece of a text that no window cuts, and its tokens.</summary>
internal sealed record Piece(int Start, int End, IReadOnlyList<int> Tokens);

/// <summary>
/// Text → token ids. Each run without white space is read by itself: tokens never cross white space in either kind of vocabulary,
/// and so the places of a window are those of the text, whatever the vocabulary's normalisation makes of it.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>A run that goes on for longer is cut: WordPiece would take it for one unknown word, and in Chinese it would leave windows nothing to overlap by.</summary>
    private const int LongestPiece = 50;

    private readonly Func<string, IReadOnlyList<int>> encode;

    private Vocabulary(int first, int last, Func<string, IReadOnlyList<int>> encode) => (First, Last, this.encode) = (first, last, encode);

    /// <summary>The ids that stand before and behind every window.</summary>
    public int First { get; }
    public int Last { get; }

    public static Vocabulary Read(string file, bool cased)
    {
        using var stream = File.OpenRead(file);
        switch (Path.GetExtension(file))
        {
            case ".txt":
                // A text that writes [SEP] says a word; it does not end a window.
                var words = BertTokenizer.Create(stream, new BertOptions { LowerCaseBeforeTokenization = !cased, RemoveNonSpacingMarks = !cased, SplitOnSpecialTokens = false });
                return new(words.ClassificationTokenId, words.SeparatorTokenId, text => words.EncodeToIds(text, addSpecialTokens: false));
            case ".model":
                var pieces = SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
                return new(pieces.BeginningOfSentenceId, pieces.EndOfSentenceId, text => pieces.EncodeToIds(text));
            default:
                throw new InvalidDataException("a vocabulary is a .txt of WordPiece or a .model of SentencePiece.");
        }
    }

    public IEnumerable<Piece> Read(string text, CancellationToken ct)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            ct.ThrowIfCancellationRequested();
            var end = at + 1;
            while (end < text.Length && end - at < LongestPiece && !char.IsWhiteSpace(text[end])) end++;
            if (end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1])) end++;
            yield return new(at, end, encode(text[at..end]));
            at = end;
        }
    }
}
