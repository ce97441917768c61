namespace Gateway.Risk.Attacks.Model;

/// <summary>Takes what the reader sees. A struct, so that reading and adding up compile to one loop.</summary>
internal interface IFeatureSink
{
    /// <summary>A block of words begins here, in folded characters; what follows belongs to it.</summary>
    void Begin(int start);

    /// <summary>Whether it wants <see cref="Words"/> and <see cref="Pieces"/> at all.</summary>
    static abstract bool TakesHashes { get; }

    /// <summary>A word, neighbours, or a class beside a word.</summary>
    void Words(int bucket);

    /// <summary>Characters inside a word.</summary>
    void Pieces(int bucket);

    /// <summary>A feature that people can be told; see <see cref="NamedFeatures"/>.</summary>
    void Named(int feature);
}

/// <summary>
/// One pass over a folded text, in blocks of <see cref="BlockWords"/> words. Each feature counts once a block; told apart by
/// a small set of bits, which may take one feature in a hundred for seen, the same ones every time.
/// </summary>
internal ref struct FeatureReader<TSink>(string text, IReadOnlyList<AttackSign> signs, Span<ulong> seen, ref TSink sink) where TSink : struct, IFeatureSink
{
    private readonly ref TSink sink = ref sink;
    private readonly Span<ulong> seen = seen;
    private readonly Lexicon lexicon = Lexicon.Shipped;
    private uint one, two, three, punctuation;
    private int words, sign;
    private bool opensSentence = true;
    private MeaningTrail trail;

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
        return words;
    }

    private void Open(int at)
    {
        seen.Clear();
        sink.Begin(at);
    }

    private int ReadWord(int start)
    {
        if (words > 0 && words % FeatureSpace.BlockWords == 0) Open(start);
        while (sign < signs.Count && signs[sign].Start <= start) Name(NamedFeatures.Rule(signs[sign++].Rule));

        var hash = Token.Empty;
        ReadOnlySpan<byte> stem = [];
        var alone = Token.StandsAlone(text[start]);
        var at = start;
        do
        {
            var c = text[at++];
            if (c == '\'') continue;
            hash = Token.Add(hash, c);
            if (lexicon.Stem(hash) is { Length: > 0 } longer) stem = longer;
        }
        while (at < text.Length && at - start < FeatureSpace.LongestWord && !alone && Token.GoesOn(text, at));

        // Of a word that this block has had, every piece has been seen as well.
        if (Word(Token.Join(1, hash))) ReadPieces(text.AsSpan(start, at - start), alone);
        AddWord(hash);
        AddMeaning(hash, stem);
        (three, two, one) = (two, one, hash);
        words++;
        opensSentence = false;
        return at;
    }

    private void ReadPieces(ReadOnlySpan<char> word, bool alone)
    {
        ulong piece = '^';
        foreach (var c in word)
        {
            if (c == '\'') continue;
            piece = (piece << 16) | c;
            if (piece >> 32 != 0) AddPieces(piece);
        }
        if (!alone) AddPieces((piece << 16) | '$');
    }

    /// <summary>The last three and four characters.</summary>
    private void AddPieces(ulong piece)
    {
        Piece((uint)(((piece & 0xFFFF_FFFF_FFFF) * 0x9E37_79B9_7F4A_7C15) >> 32));
        if (piece >> 48 != 0) Piece((uint)((piece * 0xD6E8_FEB8_6659_FD93) >> 32));
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
        foreach (var meaning in classes)
        {
            Name(NamedFeatures.Meaning(meaning));
            if (words >= 1) Word(Token.Join(one, 0x2000u + meaning));
            for (var back = 0; back < trail.Count; back++)
            {
                var (earlier, at) = trail[back];
                var distance = words - at;
                if (distance > FeatureSpace.Reach) break; // and those before it are farther still
                if (distance == 0) continue;
                Name(NamedFeatures.Pair(earlier, meaning, near: distance <= FeatureSpace.Near));
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
        if (!TSink.TakesHashes || Seen((hash ^ (hash >> 15)) & (FeatureSpace.SeenBits - 1))) return false;
        sink.Words((int)(hash >> (32 - FeatureSpace.Bits)));
        return true;
    }

    private void Piece(uint hash)
    {
        if (Seen((hash ^ (hash >> 15)) & (FeatureSpace.SeenBits - 1))) return;
        sink.Pieces((int)(hash >> (32 - FeatureSpace.Bits)));
    }

    private void Name(int feature)
    {
        if (!Seen(FeatureSpace.SeenBits + (uint)feature)) sink.Named(feature);
    }

    private bool Seen(uint bit)
    {
        ref var bits = ref seen[(int)(bit >> 6)];
        var mask = 1ul << (int)(bit & 63);
        if ((bits & mask) != 0) return true;
        bits |= mask;
        return false;
    }
}
