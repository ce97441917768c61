using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gateway.Risk.Attacks.Model;

/// <summary>Takes what the reader sees. A struct, so that reading and adding up compile to one loop.</summary>
internal interface IFeatureSink
{
    /// <summary>A block of words begins here, in folded characters; what follows belongs to it.</summary>
    void Begin(int start);

    /// <summary>Whether it wants <see cref="Words"/> and <see cref="Pieces"/> at all.</summary>
    static abstract bool TakesHashes { get; }

    /// <summary>Words, neighbours, or classes beside a word, all of one block.</summary>
    void Words(ReadOnlySpan<int> buckets);

    /// <summary>Characters inside words, all of one block.</summary>
    void Pieces(ReadOnlySpan<int> buckets);

    /// <summary>Features that people can be told, in order of place; see <see cref="NamedFeatures"/>.</summary>
    void Named(ReadOnlySpan<int> features);
}

/// <summary>
/// One pass over a folded text, in blocks of <see cref="FeatureSpace.BlockWords"/> words. Each feature counts once a block; told apart by
/// a small set of bits, which may take one feature in a hundred for seen, the same ones every time. Whether one was seen cannot
/// be foreseen, and there are two thousand in a thousand characters: so nothing branches on it, what was not seen is put in a
/// row, and the row is handed on when it is full.
/// </summary>
internal ref struct FeatureReader<TSink>(string text, IReadOnlyList<AttackSign> signs, FeatureMemory memory, ref TSink sink) where TSink : struct, IFeatureSink
{
    /// <summary>Of one word: itself, with each of those beside it, and where it stands.</summary>
    private const int MostWords = 7;

    private readonly ref TSink sink = ref sink;
    private readonly Span<ulong> seen = memory.Seen;
    private readonly Lexicon lexicon = Lexicon.Shipped;
    private readonly LexiconClasses meanings = Lexicon.Shipped.Words;

    /// <summary>Hashes of the last word and of the one before, of the last two as a phrase and of the last three.</summary>
    private uint one, two, pair, triple;
    private uint punctuation;
    private int words, sign, nextSign = signs.Count == 0 ? int.MaxValue : signs[0].Start;
    private bool opensSentence = true;
    private MeaningTrail trail = new();
    private Row wordRow, pieceRow, nameRow;
    private int wordsInRow, piecesInRow, namesInRow;

    public int Read() => Read(0, text.Length);

    /// <param name="from">Where a block begins. Of the first block what it has in common with the one before is not seen.</param>
    /// <param name="end">Where another begins, or the text ends.</param>
    /// <returns>How many words it read.</returns>
    public int Read(int from, int end)
    {
        Open(from);
        for (var at = from; at < end;)
        {
            var c = text[at];
            if (c == ' ') at++;
            else if (Token.IsPlain(c)) at = ReadPlain(at);
            else if (Token.IsWord(c)) at = ReadOther(at);
            else at = ReadPunctuation(at);
        }
        if (end == text.Length) NameSigns(int.MaxValue - 1);
        HandOn();
        return words;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Open(int at)
    {
        if (at > 0) HandOn();
        seen.Clear();
        sink.Begin(at);
    }

    /// <summary>Those that begin here or before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NameSigns(int start)
    {
        while (nextSign <= start)
        {
            Name(NamedFeatures.Rule(signs[sign++].Rule));
            nextSign = sign == signs.Count ? int.MaxValue : signs[sign].Start;
        }
    }

    private int ReadPlain(int start)
    {
        if (IsShortAndAlone(start) || PlainWord.At(text, start, out var letters) is not (> 0 and var length)) return ReadOther(start);
        var place = memory.Know(letters, text.AsSpan(start, length));
        ref readonly var word = ref memory[place];
        Add(start, word.Hash, word.Meanings, place);
        return start + length;
    }

    /// <summary>Of at most two characters, with no word behind it: sooner read than looked up.</summary>
    private readonly bool IsShortAndAlone(int start) =>
        start + 2 < text.Length && text[start + 2] != ' ' && text[start + 1] != ' ' && !(Token.IsPlain(text[start + 1]) && Token.IsPlain(text[start + 2]));

    private int ReadOther(int start)
    {
        var rest = text.AsSpan(start, Math.Min(text.Length - start, FeatureSpace.LongestWord));
        var alone = Token.StandsAlone(rest[0]);
        var length = 1;
        while (length < rest.Length && rest[length] != ' ' && !alone && (Token.IsPlain(rest[length]) || Token.GoesOn(text, start + length))) length++;
        var (hash, single) = WordParts.Read(rest[..length]);
        Add(start, hash, single, -length);
        return start + length;
    }

    /// <param name="place">Of a plain word; of another its length, less than 0.</param>
    private void Add(int start, uint word, Meanings single, int place)
    {
        if (words > 0 && words % FeatureSpace.BlockWords == 0) Open(start);
        if (nextSign <= start) NameSigns(start);

        Second second = new(word);
        var (two, three, four) = (second.After(one), second.After(pair), second.After(triple)); // phrases that end here
        if (TSink.TakesHashes)
        {
            if (wordsInRow > Row.Length - MostWords) HandOn();
            Span<int> row = wordRow;
            var bits = seen;
            var count = wordsInRow;
            if (Note(second.After(1), bits, row, ref count)) AddPieces(start, place); // or every piece has been seen as well
            if (words >= 1) Note(two, bits, row, ref count);
            if (words >= 2)
            {
                Note(three, bits, row, ref count);
                Note(second.After(this.two ^ 0x5bd1e995), bits, row, ref count);
            }
            if (punctuation != 0) Note(second.After(punctuation), bits, row, ref count);
            if (opensSentence) Note(second.After(2), bits, row, ref count);
            if (words < 3) Note(second.After(3 + (uint)words), bits, row, ref count);
            wordsInRow = count;
        }
        punctuation = 0;

        // What phrases of up to four words mean, and the word or its stem.
        if (words >= 3 && meanings.MayHave(four)) Add(meanings.Of(four));
        if (words >= 2 && meanings.MayHave(three)) Add(meanings.Of(three));
        if (words >= 1 && meanings.MayHave(two)) Add(meanings.Of(two));
        if (trail.LastAt == words - 1) Word(second.After(0x1000u + trail.Last));
        if (single.Count > 0) Add(single);
        (this.two, one, pair, triple) = (one, word, two, three);
        words++;
        opensSentence = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddPieces(int start, int place)
    {
        if (place >= 0) AddPieces(memory.Pieces(place));
        else
        {
            Span<uint> pieces = stackalloc uint[WordParts.MostPieces];
            var word = text.AsSpan(start, -place);
            AddPieces(pieces[..WordParts.Pieces(word, Token.StandsAlone(word[0]), pieces)]);
        }
    }

    private void AddPieces(scoped ReadOnlySpan<uint> pieces)
    {
        if (piecesInRow > Row.Length - pieces.Length) HandOnPieces();
        Span<int> row = pieceRow;
        var bits = seen;
        var count = piecesInRow;
        foreach (var piece in pieces) Note(piece, bits, row, ref count);
        piecesInRow = count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Add(Meanings these)
    {
        var classes = lexicon.Classes(these);
        var (nearest, farthest) = trail.Between(words - 1, words - FeatureSpace.Reach);
        foreach (var meaning in classes)
        {
            Name(NamedFeatures.Meaning(meaning));
            if (words >= 1) Word(Token.Join(one, 0x2000u + meaning));
            for (var back = nearest; back < farthest; back++)
            {
                var (earlier, at) = trail[back];
                Name(NamedFeatures.Pair(earlier, meaning, near: words - at <= FeatureSpace.Near));
            }
        }
        foreach (var meaning in classes) trail.Add(meaning, words);
    }

    /// <summary>A run of punctuation is one token: a quotation mark, a fence, a closing bracket with what stands beside it.</summary>
    private int ReadPunctuation(int start)
    {
        var hash = 0x811C_9DC5u ^ 0x5A5A;
        var at = start;
        while (at < text.Length && at - start < FeatureSpace.LongestRun && text[at] != ' ' && !Token.IsWord(text[at]))
        {
            if (text[at] is '.' or '!' or '?' or '\n' or ':') opensSentence = true;
            hash = Token.Add(hash, text[at++]);
        }
        punctuation = hash;
        if (TSink.TakesHashes)
        {
            if (wordsInRow > Row.Length - MostWords) HandOn();
            Note(Token.Join(6, hash), seen, wordRow, ref wordsInRow);
            if (words > 0) Note(Token.Join(one, hash), seen, wordRow, ref wordsInRow);
        }
        return at;
    }

    private void Word(uint hash)
    {
        if (!TSink.TakesHashes) return;
        if (wordsInRow == Row.Length) HandOn();
        Note(hash, seen, wordRow, ref wordsInRow);
    }

    /// <summary>Puts the feature in the row; what was seen before is overwritten by the next.</summary>
    /// <returns>Whether it is the first time in this block.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Note(uint hash, Span<ulong> seen, Span<int> row, ref int count)
    {
        row[count] = (int)(hash >> (32 - FeatureSpace.Bits));
        var first = First((hash ^ (hash >> 15)) & (FeatureSpace.SeenBits - 1), seen);
        count += first;
        return first != 0;
    }

    private void Name(int feature)
    {
        if (namesInRow == Row.Length) HandOn();
        nameRow[namesInRow] = feature;
        namesInRow += First(FeatureSpace.SeenBits + (uint)feature, seen);
    }

    /// <returns>1 if it is the first time in this block, or else 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First(uint bit, Span<ulong> seen)
    {
        ref var bits = ref seen[(int)(bit >> 6)];
        var before = bits;
        bits = before | (1ul << (int)(bit & 63));
        return (int)(~before >> (int)(bit & 63)) & 1;
    }

    private void HandOn()
    {
        sink.Words(((ReadOnlySpan<int>)wordRow)[..wordsInRow]);
        sink.Named(((ReadOnlySpan<int>)nameRow)[..namesInRow]);
        wordsInRow = namesInRow = 0;
        HandOnPieces();
    }

    private void HandOnPieces()
    {
        sink.Pieces(((ReadOnlySpan<int>)pieceRow)[..piecesInRow]);
        piecesInRow = 0;
    }
}

/// <summary>Features that wait for being handed on.</summary>
[InlineArray(Length)]
internal struct Row
{
    public const int Length = 256;

    private int first;
}
