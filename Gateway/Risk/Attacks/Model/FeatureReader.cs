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
/// One pass over a folded text, in blocks of <see cref="BlockWords"/> words. Each feature counts once a block; told apart by
/// a small set of bits, which may take one feature in a hundred for seen, the same ones every time. Whether one was seen cannot
/// be foreseen, and there are two thousand in a thousand characters: so nothing branches on it, what was not seen is put in a
/// row, and the row is handed on when it is full.
/// </summary>
internal ref struct FeatureReader<TSink>(string text, IReadOnlyList<AttackSign> signs, Span<ulong> seen, ref TSink sink) where TSink : struct, IFeatureSink
{
    /// <summary>Of one word: three and four characters from each of its own on.</summary>
    private const int MostPieces = 2 * (FeatureSpace.LongestWord + 1);

    private readonly ref TSink sink = ref sink;
    private readonly Span<ulong> seen = seen;
    private readonly Lexicon lexicon = Lexicon.Shipped;
    private uint one, two, three, punctuation;
    private int words, sign;
    private bool opensSentence = true;
    private MeaningTrail trail;
    private Row wordRow, pieceRow, nameRow;
    private int wordsInRow, piecesInRow, namesInRow;

    public int Read()
    {
        Open(0);
        for (var at = 0; at < text.Length;)
        {
            if (Token.IsWord(text[at])) at = ReadWord(at);
            else if (text[at] == ' ') at++;
            else at = ReadPunctuation(at);
        }
        while (sign < signs.Count) Name(NamedFeatures.Rule(signs[sign++].Rule));
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
            if (lexicon.Stem(hash) is { Length: > 0 } longer) stem = longer;
        }
        var alone = length == 0 && Token.StandsAlone(rest[0]);
        for (; length == 0 || (length < rest.Length && !alone && Token.GoesOn(text, start + length)); length++)
        {
            if (rest[length] == '\'') continue;
            hash = Token.Add(hash, rest[length]);
            if (lexicon.Stem(hash) is { Length: > 0 } longer) stem = longer;
        }
        var at = start + length;

        if (TSink.TakesHashes)
        {
            if (Word(Token.Join(1, hash))) ReadPieces(rest[..length], alone); // or every piece has been seen as well
            AddWord(hash);
        }
        AddMeaning(hash, stem);
        (three, two, one) = (two, one, hash);
        words++;
        opensSentence = false;
        return at;
    }

    /// <summary>Three and four characters each, from one before the first on.</summary>
    private void ReadPieces(ReadOnlySpan<char> word, bool alone)
    {
        if (piecesInRow > Row.Length - MostPieces) HandOn();
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
        count += Note((uint)(((piece & 0xFFFF_FFFF_FFFF) * 0x9E37_79B9_7F4A_7C15) >> 32), out row[count]);
        if (piece >> 48 != 0) count += Note((uint)((piece * 0xD6E8_FEB8_6659_FD93) >> 32), out row[count]);
    }

    private void AddWord(uint word)
    {
        if (words >= 1) Word(Token.Join(one, word));
        if (words >= 2) Word(Token.Join(Token.Join(two, one), word));
        if (words >= 2) Word(Token.Join(two ^ 0x5bd1e995, word));
        if (punctuation != 0) Word(Token.Join(punctuation, word));
        if (opensSentence) Word(Token.Join(2, word));
        if (words < 3) Word(Token.Join(3 + (uint)words, word));
        punctuation = 0;
    }

    /// <summary>Phrases of up to four words, the word itself, or its stem: the longest that means something.</summary>
    private void AddMeaning(uint word, ReadOnlySpan<byte> stem)
    {
        if (words >= 3 && lexicon.Word(Token.Join(Token.Join(Token.Join(three, two), one), word)) is { Length: > 0 } four) Add(four, word);
        if (words >= 2 && lexicon.Word(Token.Join(Token.Join(two, one), word)) is { Length: > 0 } phrase) Add(phrase, word);
        if (words >= 1 && lexicon.Word(Token.Join(one, word)) is { Length: > 0 } pair) Add(pair, word);
        var single = lexicon.Word(word);
        if (single.Length == 0) single = stem;
        if (trail.Last is { } last && trail.LastAt == words - 1) Word(Token.Join(0x1000u + last, word));
        if (single.Length > 0) Add(single, word);
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
        Word(Token.Join(6, hash));
        if (words > 0) Word(Token.Join(one, hash));
        return at;
    }

    /// <returns>Whether it is the first time in this block.</returns>
    private bool Word(uint hash)
    {
        if (!TSink.TakesHashes) return false;
        if (wordsInRow == Row.Length) HandOn();
        var first = Note(hash, out wordRow[wordsInRow]);
        wordsInRow += first;
        return first != 0;
    }

    /// <returns>1 if it is the first time in this block, or else 0.</returns>
    private readonly int Note(uint hash, out int bucket)
    {
        bucket = (int)(hash >> (32 - FeatureSpace.Bits));
        return First((hash ^ (hash >> 15)) & (FeatureSpace.SeenBits - 1));
    }

    private void Name(int feature)
    {
        if (namesInRow == Row.Length) HandOn();
        nameRow[namesInRow] = feature;
        namesInRow += First(FeatureSpace.SeenBits + (uint)feature);
    }

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
