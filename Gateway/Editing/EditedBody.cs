using System.Globalization;
using System.Text;
using Contracts;
using Contracts.Api;
using Gateway.Interactions;
using Gateway.Prompts;
using Gateway.Proxying;

namespace Gateway.Editing;

/// <summary>The wish cannot be carried out; the message is for who wished it and quotes no text of the prompt.</summary>
internal sealed class EditRefusedException(string message) : Exception(message);

/// <summary>A prompt's bytes with what a reviewer wants changed: the rest keeps its own.</summary>
/// <param name="Hidden">
/// What was hidden before and is still there, at its new place. Whoever writes around a value must not make it show: no detector has
/// to find it again.
/// </param>
internal sealed record EditedBody(JsonBody Body, IReadOnlyList<Finding> Hidden)
{
    /// <param name="findings">Of the body; hidden ones stand in the edited texts as tokens.</param>
    /// <param name="largest">Bytes of the edited body.</param>
    /// <exception cref="EditRefusedException" />
    public static EditedBody Of(JsonBody body, IReadOnlyList<Finding> findings, EditPrompt edit, int largest)
    {
        try
        {
            var hidden = new List<Finding>();
            var changed = JsonBody.Parse(body.Rewrite(Texts(body, findings, edit.Parts, largest, hidden)));
            // From the end: what is dropped first moves nothing that is dropped later.
            foreach (var path in edit.Drop.Distinct().OrderDescending(Comparer<string>.Create(ByPlace)))
            {
                if (path.Length == 0 || body.Attachments.All(attachment => attachment.Path != path) || changed.WithoutElement(path) is not { } without) throw new EditRefusedException("One of the attachments to be dropped is not there.");
                changed = JsonBody.Parse(without);
                hidden = [.. hidden.Select(finding => Without(finding, path)).OfType<Finding>()];
            }
            if (edit.Model is not null && edit.Model != changed.Model) changed = JsonBody.Parse(changed.WithModel(edit.Model));
            if (changed.Bytes.Length > largest) throw TooLarge(largest);
            return new EditedBody(changed, hidden);
        }
        catch (Exception fault) when (fault is UnreadableBodyException or ArgumentException)
        {
            throw new EditRefusedException("The edited text holds characters that no JSON can carry, such as half of a surrogate pair.");
        }
    }

    private static Dictionary<int, string> Texts(JsonBody body, IReadOnlyList<Finding> findings, IReadOnlyList<EditedPart> parts, int largest, List<Finding> hidden)
    {
        var wanted = parts.DistinctBy(part => part.Path).ToDictionary(part => part.Path, part => part.Text, StringComparer.Ordinal);
        var found = findings.Select((finding, index) => (finding, index)).ToLookup(one => one.finding.Path);
        var texts = new Dictionary<int, string>();
        for (var i = 0; i < body.Parts.Count; i++)
        {
            var part = body.Parts[i];
            var masks = FoundRuns.Hidden(part.Text, found[part.Path]);
            if (!body.IsString(i) || !wanted.Remove(part.Path, out var edited))
            {
                hidden.AddRange(masks.Select(mask => findings[mask.Index] with { Start = mask.Start, End = mask.End }));
                continue;
            }
            if (body.IsSealed(i)) throw new EditRefusedException("A model's thoughts are signed by its provider and cannot be changed.");
            if (part.Text.AsSpan().IndexOfAny(EditToken.Open, EditToken.Close) >= 0) throw new EditRefusedException($"A text that holds {EditToken.Open} or {EditToken.Close} itself cannot be changed here.");
            var text = Expand(edited, part.Text, masks, findings, largest, hidden);
            if (PromptMasking.BreaksJson(part, text)) throw new EditRefusedException("A tool's arguments are JSON, and would not be any more.");
            if (text != part.Text) texts[i] = text;
        }
        return wanted.Count == 0 ? texts : throw new EditRefusedException("One of the texts to be changed is not there, or is none that can be changed.");
    }

    /// <summary>Puts the values back where their tokens stand, and notes where that is.</summary>
    private static string Expand(
        string edited, string was, IReadOnlyList<(int Start, int End, int Index, string Type)> masks, IReadOnlyList<Finding> findings, int largest, List<Finding> hidden)
    {
        var text = new StringBuilder(edited.Length);
        for (var at = 0; at < edited.Length;)
        {
            var open = edited.IndexOf(EditToken.Open, at);
            text.Append(edited, at, (open < 0 ? edited.Length : open) - at);
            if (open < 0) break;
            var close = edited.IndexOf(EditToken.Close, open);
            if (close < 0 || MaskOf(edited.AsSpan(open + 1, close - open - 1)) is not { End: > 0 } mask) throw new EditRefusedException($"{EditToken.Open} and {EditToken.Close} mark hidden values; one of them here marks none of this text.");
            hidden.Add(findings[mask.Index] with { Start = text.Length, End = text.Length + mask.End - mask.Start });
            text.Append(was, mask.Start, mask.End - mask.Start);
            if (text.Length > largest) throw TooLarge(largest); // a token can stand there any number of times
            at = close + 1;
        }
        return text.ToString();

        (int Start, int End, int Index, string Type) MaskOf(ReadOnlySpan<char> name)
        {
            var space = name.LastIndexOf(' ');
            if (space < 0 || !int.TryParse(name[(space + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return default;
            var type = name[..space].ToString();
            return masks.FirstOrDefault(mask => mask.Index == number && findings[mask.Index].Type == type);
        }
    }

    /// <summary>The finding where it is once an array element is gone; null when it is gone with it.</summary>
    private static Finding? Without(Finding finding, string element)
    {
        var (array, dropped) = (element[..(element.LastIndexOf('/') + 1)], int.Parse(element.AsSpan(element.LastIndexOf('/') + 1), CultureInfo.InvariantCulture)); // an array element's name is its number
        if (!finding.Path.StartsWith(array, StringComparison.Ordinal)) return finding;
        var rest = finding.Path[array.Length..];
        var end = rest.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? slash : rest.Length;
        return int.TryParse(rest.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index >= dropped
            ? index == dropped ? null : finding with { Path = $"{array}{index - 1}{rest[end..]}" }
            : finding;
    }

    private static EditRefusedException TooLarge(int largest) => new($"The edited prompt is larger than {largest:N0} bytes.");

    /// <summary>Numbers by their size, names by their letters.</summary>
    private static int ByPlace(string left, string right)
    {
        foreach (var (a, b) in left.Split('/').Zip(right.Split('/')))
        {
            var order = int.TryParse(a, out var x) && int.TryParse(b, out var y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);
            if (order != 0) return order;
        }
        return left.Length.CompareTo(right.Length);
    }
}
