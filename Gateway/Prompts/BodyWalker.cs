using System.Text;
using System.Text.Json;
using Contracts;
using Contracts.Api;

namespace Gateway.Prompts;

/// <summary>One pass over a body: every text with its place, who speaks it, and what it is.</summary>
internal sealed class BodyWalker
{
    /// <summary>Shorter numbers cannot be a card or an account.</summary>
    private const int DigitsWorthReading = 9;
    private readonly List<Found> found = [];

    public List<PromptPart> Parts { get; } = [];
    public List<(int Start, int Length)> Tokens { get; } = [];

    /// <summary>Parts that may not change, by their index.</summary>
    public HashSet<int> Sealed { get; } = [];
    public int Unreadable { get; private set; }
    public List<PromptAttachment> Attachments { get; } = [];
    public string? Model { get; private set; }

    /// <summary>Where the model's name stands, quotes included.</summary>
    public (int Start, int Length) ModelToken { get; private set; }
    public bool Streams { get; private set; }
    public bool Background { get; private set; }

    public static BodyWalker Walk(ReadOnlySpan<byte> bytes)
    {
        var walker = new BodyWalker();
        walker.Read(bytes);
        walker.Resolve();
        return walker;
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = JsonBody.MaxDepth });
        BodyFrame? frame = null;
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    frame = new BodyFrame(frame, frame?.NextName(name) ?? "", reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    frame = frame!.Parent; // a well-formed body opens what it closes
                    break;
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!; // a property name is never null
                    if (BodyFrame.MayTell(name)) found.Add(new(frame!, name, name, "name", (int)reader.TokenStartIndex, reader.ValueSpan.Length + 2));
                    frame!.Count(name);
                    break;
                case JsonTokenType.String:
                    Take(frame!, frame!.NextName(name), reader.GetString()!, (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
                    break;
                case JsonTokenType.Number:
                    var number = Encoding.ASCII.GetString(reader.ValueSpan);
                    var at = frame!.NextName(name);
                    if (number.Count(char.IsAsciiDigit) >= DigitsWorthReading) found.Add(new(frame, at, number, "number", (int)reader.TokenStartIndex, number.Length));
                    break;
                default:
                    var here = frame!.NextName(name);
                    if (frame.Parent is null && here == "stream") Streams = reader.TokenType == JsonTokenType.True;
                    if (frame.Parent is null && here == "background") Background = reader.TokenType == JsonTokenType.True;
                    break;
            }
        }
    }

    private void Take(BodyFrame frame, string name, string text, int start, int length)
    {
        if (frame.Parent is null && name == "model") (Model, ModelToken) = (text, (start, length));
        frame.Note(name, text);
        if (text.Length == 0 || BodyFrame.IsStructural(name, text) || (frame.Parent is null && name == "model")) return;
        found.Add(new(frame, name, text, null, start, length));
    }

    /// <summary>Types and roles may stand behind the text they speak of, so they are looked at when all is read.</summary>
    private void Resolve()
    {
        foreach (var text in found)
        {
            if (text.Kind is null && Attachment.TryRead(text.Frame, text.Name, text.Text, out var decoded))
            {
                Attachments.Add(Attachment.Describe(text.Frame, text.Name, text.Text));
                if (decoded is null) Unreadable++;
                else Add(text, decoded, "file", 0, 0);
                if (Attachment.IsPayload(text.Text)) continue;
            }
            Add(text, text.Text, text.Kind, text.Start, text.Length);
        }
    }

    private void Add(Found text, string content, string? kind, int start, int length)
    {
        var (role, said) = text.Frame.Describe(text.Name);
        if (text.Frame.IsSealed) Sealed.Add(Parts.Count);
        Parts.Add(new PromptPart(text.Frame.Pointer(text.Name, isName: kind == "name"), role, kind ?? said, content));
        Tokens.Add((start, length));
    }

    private sealed record Found(BodyFrame Frame, string Name, string Text, string? Kind, int Start, int Length);
}
