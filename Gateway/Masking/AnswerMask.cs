namespace Gateway.Masking;

/// <summary>
/// What may leave of one answer: values the model leaked are hidden, pseudonyms of this request are restored, and the
/// caller's own values are left alone. Not thread-safe.
/// </summary>
/// <param name="alike">Whether <paramref name="find"/> keeps its promise to find the same in a whole text as in its pieces; else a whole text is read piece by piece too.</param>
/// <param name="isCallersOwn">Whether the caller sent that very value in this request in the clear: then it is not a leak.</param>
internal sealed class AnswerMask(FindSensitive find, Pseudonyms pseudonyms, Func<string, bool> isCallersOwn, bool alike = true)
{
    private readonly Dictionary<string, int> hidden = new(StringComparer.Ordinal);

    /// <summary>Values hidden so far, over all stretches of this answer.</summary>
    public int Hidden { get; private set; }

    /// <summary>The same by finding type.</summary>
    public IReadOnlyDictionary<string, int> HiddenByType => hidden;

    internal FindSensitive Find => find;

    /// <summary>Whether it is sure, after one look, that no piece of this text holds anything.</summary>
    internal bool IsClean(string text) => alike && find(text).Count == 0;

    internal Pseudonyms Pseudonyms => pseudonyms;

    internal bool IsCallersOwn(string value) => isCallersOwn(value);

    /// <summary>What leaves of a complete text, and of a streamed one however it is cut.</summary>
    public string MaskWhole(string text) => MaskWhole(text, jsonText: false);

    public string MaskWhole(string text, bool jsonText) => Open(jsonText).Whole(text);

    /// <summary>One for each stretch of a streamed answer: a choice, a content block, the arguments of a tool call.</summary>
    /// <param name="jsonText">The text is JSON source: what leaves is JSON too.</param>
    public StreamMask Open(bool jsonText = false) => new(this, jsonText);

    internal void CountHidden(string type)
    {
        Hidden++;
        hidden[type] = hidden.GetValueOrDefault(type) + 1;
    }
}
