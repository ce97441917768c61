using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Gateway.Masking.Disguised;

namespace Gateway.Masking;

/// <summary>
/// Masks text that arrives in chunks. For every way of cutting the same text, what leaves is the same.
/// </summary>
/// <remarks>
/// <para>It is so by construction. The text is cut into units by rules that look at the text only
/// (<see cref="UnitCutter"/>). A unit is held until it is complete, is judged once, together with the 128 characters
/// before it, and leaves. A finding that began before the unit hides the part inside it. So the latency is one unit: a
/// word of prose, a card number with its spaces, a private key.</para>
/// <para>Inside a unit leaks are looked for first, in the model's own text; pseudonyms and made-up values of this request
/// are blank there (<see cref="StandIns"/>), so that <c>password=[SECRET_1]</c> is no leak. Then they are restored. A
/// restored value is never looked at again. Last come values in disguise (<see cref="Disguises"/>).</para>
/// <para>A run of more than 4,096 characters without a boundary is judged in overlapping pieces: a piece ends behind the
/// last delimiter of its window, or 512 characters before its end if there is none, but never inside something found:
/// that starts the next piece, or, longer than a window, is hidden to the end of its run. Only a value longer than 512
/// characters that neither shows in the window it starts in nor follows a delimiter could leave in part.</para>
/// <para>Held are at most 4,096 characters and a look-ahead of about 160, in a private key
/// <see cref="KeyBlock.Longest"/>; in JSON source the characters that stand for them.</para>
/// </remarks>
internal sealed class StreamMask
{
    /// <summary>Characters of model text before a unit that are judged with it; detectors look 64 to the left.</summary>
    private const int Context = 128;

    /// <summary>Characters at the end of a full window that are judged again.</summary>
    private const int Overlap = 512;

    /// <summary>A delimiter before this place of a full window is too far back to end the piece.</summary>
    private const int EarliestCut = UnitCutter.Longest / 4;

    /// <summary>What no token, key or number contains.</summary>
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(",;\"'<>{}|&");
    private static readonly SearchValues<char> RunEnds = SearchValues.Create(",;\"'<>{}|&[]() \t\r\n");

    private readonly AnswerMask answer;
    private readonly SlotText slot;
    private readonly UnitCutter cutter;
    private readonly StandIns standIns;
    private readonly Disguises disguises;
    private readonly StringBuilder leaving = new();
    private readonly List<Edit> edits = [];

    /// <summary>The text just taken, pseudonyms blank; one more than the context, to see a surrogate pair that it would split.</summary>
    private readonly List<char> window = [];
    private bool hidesRun;
    private bool finished;

    /// <summary>Nothing is found in the whole text, so nothing is in any part of it.</summary>
    private bool clean;

    internal StreamMask(AnswerMask answer, bool jsonText)
    {
        this.answer = answer;
        slot = new SlotText(jsonText);
        cutter = new UnitCutter(slot);
        standIns = new StandIns(answer.Pseudonyms, slot);
        disguises = new Disguises(answer, slot);
    }

    /// <summary>Characters held back now.</summary>
    public int Held => slot.Held;

    /// <summary>
    /// What leaves of a whole text: the same as streaming it, because it is streaming it. Most answers leak nothing: one look over
    /// all of it then spares one for each unit, which <see cref="FindSensitive"/> promises to end alike. In JSON source units end
    /// where that promise does not hold.
    /// </summary>
    internal string Whole(string text)
    {
        clean = !slot.IsJson && answer.IsClean(text);
        return Push(text) + Finish();
    }

    /// <summary>Takes the next chunk and gives what may leave now, possibly nothing.</summary>
    public string Push(string chunk)
    {
        if (finished) throw new InvalidOperationException("This stretch of the answer is finished; no text can follow.");

        slot.Append(chunk);
        return Release();
    }

    /// <summary>The rest. No text can follow.</summary>
    public string Finish()
    {
        finished = true;
        slot.End();
        return Release();
    }

    private string Release()
    {
        while (slot.Text.Length > 0)
        {
            if (hidesRun)
            {
                HideRun();
                continue;
            }

            var kind = cutter.Next(finished, out var length);
            if (kind is UnitKind.Open) break;
            if (kind is UnitKind.PrivateKey) ReleaseKey(length);
            else ReleaseWords(length, kind is UnitKind.Full);
        }

        slot.Trim();
        var released = leaving.ToString();
        leaving.Clear();
        return released;
    }

    /// <summary>The rest of a value that is longer than a window.</summary>
    private void HideRun()
    {
        var end = slot.Text.IndexOfAny(RunEnds);
        hidesRun = end < 0;
        Take(hidesRun ? slot.Text.Length : end);
    }

    private void ReleaseKey(int length)
    {
        if (answer.IsCallersOwn(slot.Text[..length].ToString()))
        {
            slot.CopyRaw(0, length, leaving);
        }
        else
        {
            Hide(0, length, KeyBlock.Type);
            answer.CountHidden(KeyBlock.Type);
        }
        Take(length);
    }

    private void Take(int length)
    {
        window.AddRange(slot.Text[Math.Max(0, length - Context - 1)..length]);
        slot.Take(length);
        KeepContext();
    }

    private void KeepContext()
    {
        if (window.Count > Context + 1) window.RemoveRange(0, window.Count - Context - 1);
    }

    private void ReleaseWords(int length, bool full)
    {
        var before = window.Count;
        window.AddRange(slot.Text[..length]);
        edits.Clear();
        standIns.Blank(CollectionsMarshal.AsSpan(window)[before..], before == 0 ? ' ' : window[before - 1], edits);
        clean &= !full && edits.Count == 0; // with a piece of a run, or with a blank in the place of a value, it reads otherwise
        if (!clean) FindLeaks(before);
        disguises.Find(CollectionsMarshal.AsSpan(window)[before..], edits);
        edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));

        var end = Write(full ? CutFull(length) : length);
        hidesRun = full && end == length && edits.Exists(edit => edit.Kind is EditKind.Hide && edit.End == end);

        slot.Take(end);
        window.RemoveRange(before + end, length - end);
        KeepContext();
    }

    private void FindLeaks(int before)
    {
        var judged = CollectionsMarshal.AsSpan(window);
        if (judged[before..].IsWhiteSpace()) return;

        var from = Math.Max(0, before - Context);
        if (from > 0 && char.IsSurrogatePair(judged[from - 1], judged[from])) from++;
        var text = new string(judged[from..]);
        var unit = before - from;

        foreach (var finding in answer.Find(text))
        {
            if (finding.End <= unit || finding.Start >= finding.End) continue;

            var own = answer.IsCallersOwn(text[finding.Start..finding.End]);
            var (start, end) = (Math.Max(0, finding.Start - unit), finding.End - unit);
            if (!own) (start, end) = slot.WidenBare(start, end, text.Length - unit);
            edits.Add(new Edit(start, end, own ? EditKind.Leave : EditKind.Hide, finding.Type));
        }
    }

    /// <summary>Where a full window is cut: at a delimiter if there is one, never inside what was found.</summary>
    private int CutFull(int length)
    {
        var text = slot.Text[..length];
        var cut = text.LastIndexOfAny(Delimiters) + 1;
        if (cut < EarliestCut) cut = length - Overlap;
        if (char.IsSurrogatePair(slot.Text[cut - 1], slot.Text[cut])) cut--;

        for (var i = edits.Count - 1; i >= 0; i--)
        {
            if (edits[i].Start > 0 && edits[i].Start < cut && edits[i].End > cut) cut = edits[i].Start;
        }
        return cut;
    }

    /// <summary>Writes up to <paramref name="end"/>, and to the end of what was found from the start on; gives the place reached.</summary>
    private int Write(int end)
    {
        var at = 0;
        foreach (var edit in edits)
        {
            if (edit.Kind is EditKind.Leave || edit.End <= at || edit.Start >= end) continue;

            var start = Math.Max(at, edit.Start);
            slot.CopyRaw(at, start, leaving);
            if (edit.Kind is EditKind.Hide)
            {
                Hide(start, edit.End, edit.Text);
                answer.CountHidden(edit.Text);
            }
            else Restore(edit);
            at = edit.End;
        }
        slot.CopyRaw(at, end, leaving);
        return Math.Max(at, end);
    }

    /// <summary>In JSON a value that stood bare and is no number becomes a string.</summary>
    private void Restore(Edit edit)
    {
        if (!slot.IsJson) leaving.Append(edit.Text);
        else if (slot.IsContent(edit.Start)) JsonStrings.AppendEscaped(leaving, edit.Text);
        else if (JsonStrings.IsWholeNumber(edit.Text)) leaving.Append(edit.Text);
        else
        {
            leaving.Append('"');
            JsonStrings.AppendEscaped(leaving, edit.Text);
            leaving.Append('"');
        }
    }

    /// <summary>In JSON the grammar stays: strings are hidden inside their quotes, a bare number becomes a string.</summary>
    private void Hide(int start, int end, string type)
    {
        var mask = Labels.Hidden(type);
        while (start < end)
        {
            var run = start + 1;
            if (slot.IsContent(start))
            {
                while (run < end && slot.IsContent(run)) run++;
                leaving.Append(mask);
            }
            else if (slot.IsBare(start))
            {
                while (run < end && slot.IsBare(run)) run++;
                leaving.Append('"').Append(mask).Append('"');
            }
            else slot.CopyRaw(start, run, leaving);
            start = run;
        }
    }
}
