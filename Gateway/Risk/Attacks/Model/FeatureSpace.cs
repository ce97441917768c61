namespace Gateway.Risk.Attacks.Model;

/// <summary>The measures that reading, training and scoring share. Whoever changes one must train again.</summary>
internal static class FeatureSpace
{
    /// <summary>Hashed features fall into 2 to the power of this many buckets.</summary>
    public const int Bits = 17;
    public const int Buckets = 1 << Bits;

    /// <summary>A window is two blocks; the next begins one block later.</summary>
    public const int BlockWords = 128;

    /// <summary>Two meanings farther apart than this many words have nothing to do with each other; closer than the other, very much.</summary>
    public const int Reach = 9, Near = 2;

    /// <summary>How much a feature of each kind may say before it is learned to say more.</summary>
    public const float WordValue = 1, PieceValue = 0.75f, NamedValue = 1;

    public const int LongestWord = 40, LongestRun = 6;
    public const uint SeenBits = 1 << 16;
    public static int SeenLength { get; } = (int)(SeenBits / 64) + (NamedFeatures.Count / 64) + 1;

    /// <summary>A window's hashed features together are as long as one another's, however many there are.</summary>
    public static float HashedNorm(int words, int pieces) => MathF.Sqrt((WordValue * WordValue * words) + (PieceValue * PieceValue * pieces) + 16) / 3;

    public static float NamedNorm(int features) => MathF.Sqrt(features + 8) / 3;
}
