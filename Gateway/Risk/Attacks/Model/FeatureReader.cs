using System.Runtime.CompilerServices;

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
internal ref struct FeatureReader<TSink>(string text, IReadOnlyList<AttackSign> signs, Span<ulong> seen, ref TSink sink) where TSink : struct, IFeatureSink
{
    /// <summary>Of one word: three and four characters from each of its own on.</summary>
    private const int MostPieces = 2 * (FeatureSpace.LongestWord + 1);

    /// <summary>Of one word: itself, with each of those beside it, and where it stands.</summary>
    private const int MostWords = 7;

    private readonly ref TSink sink = ref sink;
    private readonly Span<ulong> seen = seen;
    private readonly LexiconClasses meanings = Lexicon.Shipped.Words, stems = Lexicon.Shipped.Stems;

    /// <summary>Hashes of the last word and of the one before, of the last two as a phrase and of the last three.</summary>
    private uint one, two, pair, triple;
    private uint punctuation;
    private int words, sign;
    private bool opensSentence = true;
    private MeaningTrail trail;
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
            if (Token.IsPlain(c) || (c != ' ' && Token.IsWord(c))) at = ReadWord(at);
            else if (c == ' ') at++;
            else at = ReadPunctuation(at);
        }
        while (end == text.Length && sign < signs.Count) Name(NamedFeatures.Rule(signs[sign++].Rule));
        HandOn();
        return words;
    }

    private void Open(int at)
    {
        if (at > 0) HandOn();
        seen.Clear();
        sink.Begin(at);
    }

    private int ReadWord(int start)
    {
        if (words > 0 && words % FeatureSpace.BlockWords == 0) Open(start);
        while (sign < signs.Count && signs[sign].Start <= start) Name(NamedFeatures.Rule(signs[sign++].Rule));

        var hash = Token.Empty;
        ReadOnlySpan<byte> stem = [];
        var rest = text.AsSpan(start, Math.Min(text.Length - start, FeatureSpace.LongestWord));
        var length = 0;
        for (; length < rest.Length && Token.IsPlain(rest[length]); length++) // most words have nothing else
        {
            hash = Token.Add(hash, rest[length]);
            if (stems.MayHave(hash) && stems.Of(hash) is { Length: > 0 } longer) stem = longer;
        }
        var alone = length == 0 && Token.StandsAlone(rest[0]);
        for (; length == 0 || (length < rest.Length && rest[length] != ' ' && !alone && Token.GoesOn(text, start + length)); length++)
        {
            if (rest[length] == '\'') continue;
            hash = Token.Add(hash, rest[length]);
            if (stems.MayHave(hash) && stems.Of(hash) is { Length: > 0 } longer) stem = longer;
        }
        AddWord(hash, stem, rest[..length], alone);
        words++;
        opensSentence = false;
        return start + length;
    }

    private void AddWord(uint word, ReadOnlySpan<byte> stem, ReadOnlySpan<char> written, bool alone)
    {
        var (two, three, four) = (Token.Join(one, word), Token.Join(pair, word), Token.Join(triple, word)); // phrases that end here
        if (TSink.TakesHashes)
        {
            if (wordsInRow > Row.Length - MostWords || piecesInRow > Row.Length - MostPieces) HandOn();
            Span<int> row = wordRow;
            var count = wordsInRow;
            if (Note(Token.Join(1, word), row, ref count)) AddPieces(written, alone); // or every piece has been seen as well
            if (words >= 1) Note(two, row, ref count);
            if (words >= 2) Note(three, row, ref count);
            if (words >= 2) Note(Token.Join(this.two ^ 0x5bd1e995, word), row, ref count);
            if (punctuation != 0) Note(Token.Join(punctuation, word), row, ref count);
            if (opensSentence) Note(Token.Join(2, word), row, ref count);
            if (words < 3) Note(Token.Join(3 + (uint)words, word), row, ref count);
            wordsInRow = count;
        }
        punctuation = 0;
        AddMeaning(word, two, three, four, stem);
        (this.two, one, pair, triple) = (one, word, two, three);
    }

    /// <summary>Three and four characters each, from one before the first on.</summary>
    private void AddPieces(ReadOnlySpan<char> word, bool alone)
    {
        Span<int> row = pieceRow;
        var (count, piece) = (piecesInRow, (ulong)'^');
        foreach (var c in word)
        {
            if (c == '\'') continue;
            piece = (piece << 16) | c;
            AddPieces(piece, row, ref count);
        }
        if (!alone) AddPieces((piece << 16) | '$', row, ref count);
        piecesInRow = count;
    }

    /// <summary>The last three and four characters.</summary>
    private readonly void AddPieces(ulong piece, Span<int> row, ref int count)
    {
        if (piece >> 32 == 0) return;
        Note((uint)(((piece & 0xFFFF_FFFF_FFFF) * 0x9E37_79B9_7F4A_7C15) >> 32), row, ref count);
        if (piece >> 48 != 0) Note((uint)((piece * 0xD6E8_FEB8_6659_FD93) >> 32), row, ref count);
    }

    /// <summary>Phrases of up to four words, the word itself, or its stem: the longest that means something.</summary>
    private void AddMeaning(uint word, uint two, uint three, uint four, ReadOnlySpan<byte> stem)
    {
        if (words >= 3 && meanings.MayHave(four)) Add(meanings.Of(four), word);
        if (words >= 2 && meanings.MayHave(three)) Add(meanings.Of(three), word);
        if (words >= 1 && meanings.MayHave(two)) Add(meanings.Of(two), word);
        if (meanings.MayHave(word) && meanings.Of(word) is { Length: > 0 } single) stem = single;
        if (trail.Last is { } last && trail.LastAt == words - 1) Word(Token.Join(0x1000u + last, word));
        if (stem.Length > 0) Add(stem, word);
    }

    private void Add(ReadOnlySpan<byte> classes, uint word)
    {
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
            Note(Token.Join(6, hash), wordRow, ref wordsInRow);
            if (words > 0) Note(Token.Join(one, hash), wordRow, ref wordsInRow);
        }
        return at;
    }

    private void Word(uint hash)
    {
        if (!TSink.TakesHashes) return;
        if (wordsInRow == Row.Length) HandOn();
        Note(hash, wordRow, ref wordsInRow);
    }

    /// <summary>Puts the feature in the row; what was seen before is overwritten by the next.</summary>
    /// <returns>Whether it is the first time in this block.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool Note(uint hash, Span<int> row, ref int count)
    {
        row[count] = (int)(hash >> (32 - FeatureSpace.Bits));
        var first = First((hash ^ (hash >> 15)) & (FeatureSpace.SeenBits - 1));
        count += first;
        return first != 0;
    }

    private void Name(int feature)
    {
        if (namesInRow == Row.Length) HandOn();
        nameRow[namesInRow] = feature;
        namesInRow += First(FeatureSpace.SeenBits + (uint)feature);
    }

    /// <returns>1 if it is the first time in this block, or else 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int First(uint bit)
    {
        ref var bits = ref seen[(int)(bit >> 6)];
        var before = bits;
        bits = before | (1ul << (int)(bit & 63));
        return (int)(~before >> (int)(bit & 63)) & 1;
    }

    private void HandOn()
    {
        sink.Words(((ReadOnlySpan<int>)wordRow)[..wordsInRow]);
        sink.Pieces(((ReadOnlySpan<int>)pieceRow)[..piecesInRow]);
        sink.Named(((ReadOnlySpan<int>)nameRow)[..namesInRow]);
        wordsInRow = piecesInRow = namesInRow = 0;
    }
}

/// <summary>Features that wait for being handed on.</summary>
[InlineArray(Length)]
internal struct Row
{
    public const int Length = 256;

    private int first;
}
