using System.Globalization;
using System.Text;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Policy;
using Gateway.Prompts;

namespace Gateway.Editing;

/// <summary>The wish cannot be carried out; the message is for who wished it and quotes no text of the prompt.</summary>
internal sealed class EditRefusedException(string message) : Exception(message);

/// <summary>Writes what a reviewer wants changed into a prompt's bytes: the rest keeps its own.</summary>
internal static class EditedBody
{
    /// <summary>The body as it is to be.</summary>
    /// <param name="findings">Of the body; hidden ones stand in the edited texts as tokens.</param>
    /// <exception cref="EditRefusedException" />
    public static JsonBody Of(JsonBody body, IReadOnlyList<Finding> findings, EditPrompt edit)
    {
        try
        {
            var changed = JsonBody.Parse(body.Rewrite(Texts(body, findings, edit.Parts)));
            // From the end: what is dropped first moves nothing that is dropped later.
            foreach (var path in edit.Drop.Distinct().OrderDescending(Comparer<string>.Create(ByPlace)))
            {
                if (path.Length == 0 || body.Attachments.All(attachment => attachment.Path != path) || changed.WithoutElement(path) is not { } without) throw new EditRefusedException("One of the attachments to be dropped is not there.");
                changed = JsonBody.Parse(without);
            }
            return edit.Model is null || edit.Model == changed.Model ? changed : JsonBody.Parse(changed.WithModel(edit.Model));
        }
        catch (Exception fault) when (fault is UnreadableBodyException or ArgumentException)
        {
            throw new EditRefusedException("The edited text holds characters that no JSON can carry, such as half of a surrogate pair.");
        }
    }

    private static Dictionary<int, string> Texts(JsonBody body, IReadOnlyList<Finding> findings, IReadOnlyList<EditedPart> parts)
    {
        var texts = new Dictionary<int, string>();
        foreach (var edited in parts)
        {
            var part = Enumerable.Range(0, body.Parts.Count).FirstOrDefault(i => body.Parts[i].Path == edited.Path && body.IsString(i), -1);
            if (part < 0) throw new EditRefusedException("One of the texts to be changed is not there, or is none that can be changed.");
            if (body.IsSealed(part)) throw new EditRefusedException("A model's thoughts are signed by its provider and cannot be changed.");
            var was = body.Parts[part].Text;
            if (was.AsSpan().IndexOfAny(EditToken.Open, EditToken.Close) >= 0) throw new EditRefusedException($"A text that holds {EditToken.Open} or {EditToken.Close} itself cannot be changed here.");
            var text = Expand(edited.Text, was, Hidden(findings, edited.Path, was.Length), findings);
            if (text == was) continue;
            if (edited.Path.EndsWith("/arguments", StringComparison.Ordinal) && IsJson(was) && !IsJson(text)) throw new EditRefusedException("A tool's arguments are JSON, and would not be any more.");
            texts[part] = text;
        }
        return texts;
    }

    /// <summary>Where values are hidden in a text: what overlaps is one place, so that no part of a value shows without the other.</summary>
    internal static IReadOnlyList<(int Start, int End)> Hidden(IReadOnlyList<Finding> findings, string path, int length)
    {
        var places = new List<(int Start, int End)>();
        foreach (var finding in findings.Where(f => f.Path == path && PromptPolicy.Hides(f) && f.End <= length).OrderBy(f => f.Start))
        {
            if (places.Count > 0 && finding.Start < places[^1].End) places[^1] = (places[^1].Start, Math.Max(places[^1].End, finding.End));
            else places.Add((finding.Start, finding.End));
        }
        return places;
    }

    /// <summary>Puts the values back where their tokens stand.</summary>
    private static string Expand(string edited, string was, IReadOnlyList<(int Start, int End)> hidden, IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder(edited.Length);
        for (var at = 0; at < edited.Length;)
        {
            var open = edited.IndexOf(EditToken.Open, at);
            if (open < 0) open = edited.Length;
            text.Append(edited, at, open - at);
            if (open == edited.Length) break;
            var close = edited.IndexOf(EditToken.Close, open);
            if (close < 0 || ValueOf(edited[(open + 1)..close]) is not { } value) throw new EditRefusedException($"{EditToken.Open} and {EditToken.Close} mark hidden values; one of them here marks none of this text.");
            text.Append(value);
            at = close + 1;
        }
        return text.ToString();

        string? ValueOf(string name)
        {
            var space = name.LastIndexOf(' ');
            if (space < 0 || !int.TryParse(name.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= findings.Count) return null;
            var finding = findings[number];
            return finding.Type == name[..space] && hidden.FirstOrDefault(place => place.Start <= finding.Start && finding.End <= place.End) is { End: > 0 } found && findings[number].Path.Length > 0 ? was[found.Start..found.End] : null;
        }
    }

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

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
