namespace Gateway.Masking.Disguised;

/// <summary>What a text says when it is read in another way than it is written.</summary>
/// <param name="Places">For each character: where it is written.</param>
internal readonly record struct Reading(string Text, IReadOnlyList<(int Start, int End)> Places)
{
    /// <summary>A run that is one thing as a whole: it cannot be cut and still be read.</summary>
    public static Reading OfRun(string text, int start, int end) => new(text, [.. Enumerable.Repeat((start, end), text.Length)]);
}
