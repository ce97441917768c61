using System.Text;
using Contracts;
using Contracts.Api;

namespace ApprovalsUI.Components.Editing;

/// <summary>
/// A prompt while somebody changes it. Hidden values stand in the texts as tokens that nobody's text can hold: a token left where
/// it is keeps its value, unseen; one that is taken out takes its value along.
/// </summary>
internal sealed class EditDraft
{
    /// <summary>Longer ones are released, rejected or sent back, not written over by hand.</summary>
    private const int LongestText = 200_000;
    private readonly PromptView prompt;
    private readonly HashSet<string> dropped = new(StringComparer.Ordinal);

    internal EditDraft(PromptView prompt, IReadOnlyList<Finding> findings)
    {
        this.prompt = prompt;
        Model = prompt.Model;
        Texts = [.. prompt.Parts.Where(part => part.Kind is not ("name" or "number")).Select(part => EditedText.Of(part, findings)).OfType<EditedText>()];
        Others = prompt.Parts.Count(part => part.Kind is not ("name" or "number")) - Texts.Count;
    }

    internal IReadOnlyList<EditedText> Texts { get; }

    /// <summary>Texts that cannot be changed by hand.</summary>
    internal int Others { get; }

    internal string Model { get; set; }

    internal IReadOnlyList<PromptAttachment> Attachments => prompt.Attachments;

    internal int Values => Texts.Sum(text => text.Values.Count);

    internal bool IsDropped(PromptAttachment attachment) => dropped.Contains(attachment.Path);

    internal void Drop(PromptAttachment attachment, bool drop) => _ = drop ? dropped.Add(attachment.Path) : dropped.Remove(attachment.Path);

    internal void TakeOutAll()
    {
        foreach (var text in Texts)
        {
            text.TakeOutAll();
        }
    }

    internal bool IsDifferent => Texts.Any(text => text.IsDifferent) || dropped.Count > 0 || (Model.Trim() is { Length: > 0 } model && model != prompt.Model);

    internal EditPrompt ToEdit() => new()
    {
        OperationId = Guid.NewGuid(),
        From = prompt.Digest,
        Parts = [.. Texts.Where(text => text.IsDifferent).Select(text => new EditedPart(text.Path, text.Text))],
        Model = Model.Trim() is { Length: > 0 } model && model != prompt.Model ? model : null,
        Drop = [.. dropped.Order(StringComparer.Ordinal)],
    };

    /// <summary>One text of a prompt, as it is written over.</summary>
    /// <param name="Values">Each hidden value's token, and what it leaves behind when it is taken out.</param>
    internal sealed record EditedText(string Path, string Role, string Kind, string Before, IReadOnlyList<(string Token, string Mark)> Values)
    {
        internal string Text { get; set; } = Before;

        /// <summary>A text area gives every line end as one character.</summary>
        internal bool IsDifferent => Text != Before && Text != Before.ReplaceLineEndings("\n");

        internal int Rows => Math.Clamp(Text.Count(c => c == '\n') + 1 + (Text.Length / 90), 2, 24);

        internal void TakeOut((string Token, string Mark) value) => Text = Text.Replace(value.Token, value.Mark, StringComparison.Ordinal);

        internal void TakeOutAll()
        {
            foreach (var value in Values)
            {
                TakeOut(value);
            }
        }

        /// <returns>Null for a text that cannot be changed by hand: too long, or with the characters that mark a hidden value.</returns>
        internal static EditedText? Of(PromptPartView part, IReadOnlyList<Finding> findings)
        {
            var (text, values) = (new StringBuilder(), new List<(string, string)>());
            foreach (var run in part.Runs)
            {
                if (run is { Masked: true, Finding: { } finding } && finding < findings.Count)
                {
                    var token = EditToken.Of(findings[finding].Type, finding);
                    values.Add((token, $"[{findings[finding].Type} removed]"));
                    text.Append(token);
                }
                else if (run.Masked || run.Text.AsSpan().IndexOfAny(EditToken.Open, EditToken.Close) >= 0)
                {
                    return null;
                }
                else
                {
                    text.Append(run.Text);
                }
            }

            return text.Length > LongestText ? null : new(part.Path, part.Role, part.Kind, text.ToString(), values);
        }
    }
}
