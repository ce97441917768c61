using System.Text;

namespace Gateway.Tests.Risk.Classifiers;

/// <summary>
/// ONNX files made on the spot, in protocol buffers written by hand. The first knows how risky each word is, and says two logits:
/// nought, and the riskiest word's.
/// </summary>
internal static class TinyModel
{
    private const int Float = 1, Int64 = 7;

    /// <summary>Made of these words; an exclamation mark makes one risky, a question mark a little.</summary>
    public static (byte[] Model, string Vocabulary) Of(string words, string ids = "input_ids", int classes = 2)
    {
        string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words.Split(' ')];
        var risks = vocabulary.Select(word => word.EndsWith('!') ? 6f : word.EndsWith('?') ? 0.2f : -6f);
        var table = classes == 1 ? risks : risks.SelectMany(risk => new[] { 0f, risk });
        var graph = new Message()
            .Add(1, Node("Gather", ["risks", ids], "each"))
            .Add(1, Node("ReduceMax", ["each"], "logits", Attribute("axes", [1]), Attribute("keepdims", 0)))
            .Add(1, Node("Identity", ["attention_mask"], "unused")).Add(2, "tiny")
            .Add(5, Tensor("risks", [vocabulary.Length, classes], table))
            .Add(11, Value(ids, Int64, "batch", "tokens")).Add(11, Value("attention_mask", Int64, "batch", "tokens"))
            .Add(12, Value("logits", Float, "batch", "classes"));
        return (File(graph), string.Join('\n', vocabulary.Select(word => word.TrimEnd('!', '?'))));
    }

    /// <summary>The same words with the same ids, as SentencePiece writes them down.</summary>
    public static byte[] SentencePieces(string words)
    {
        const int normal = 1, unknown = 2, control = 3;
        var pieces = new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Select(special => (special, special == "[UNK]" ? unknown : control)).Concat(words.Split(' ').Select(word => ("\u2581" + word.TrimEnd('!', '?'), normal)));
        var model = new Message();
        foreach (var (piece, kind) in pieces) model.Add(1, new Message().Add(1, piece).Add(2, -1f).Add(3, kind));
        return model.Add(2, new Message().Add(3, 1).Add(40, 1).Add(41, 2).Add(42, 3).Add(43, 0).Add(45, "[UNK]").Add(46, "[CLS]").Add(47, "[SEP]").Add(48, "[PAD]"))
            .Add(3, new Message().Add(3, 1).Add(4, 1).Add(5, 1)).Bytes;
    }

    /// <summary>The same inputs and outputs, and it counts for ever before it answers.</summary>
    public static byte[] Endless()
    {
        var body = new Message()
            .Add(1, Node("Identity", ["going"], "still")).Add(1, Node("Neg", ["was"], "is")).Add(2, "body")
            .Add(11, Scalar("turn", Int64)).Add(11, Scalar("going", 9)).Add(11, Value("was", Float, "batch", "classes"))
            .Add(12, Scalar("still", 9)).Add(12, Value("is", Float, "batch", "classes"));
        var graph = new Message()
            .Add(1, Node("Loop", ["turns", "", "start"], "logits", new Message().Add(1, "body").Add(6, body).Add(20, 5)))
            .Add(1, Node("Identity", ["input_ids"], "unused")).Add(1, Node("Identity", ["attention_mask"], "unused_too")).Add(2, "endless")
            .Add(5, new Message().Add(2, Int64).Add(7, long.MaxValue).Add(8, "turns")).Add(5, Tensor("start", [1, 2], [0f, 0f]))
            .Add(11, Value("input_ids", Int64, "batch", "tokens")).Add(11, Value("attention_mask", Int64, "batch", "tokens"))
            .Add(12, Value("logits", Float, "batch", "classes"));
        return File(graph);
    }

    private static byte[] File(Message graph) => new Message().Add(1, 8).Add(7, graph).Add(8, new Message().Add(2, 13)).Bytes;

    private static Message Node(string type, string[] inputs, string output, params Message[] attributes)
    {
        var node = new Message();
        foreach (var input in inputs) node.Add(1, input);
        node.Add(2, output).Add(4, type);
        foreach (var attribute in attributes) node.Add(5, attribute);
        return node;
    }

    private static Message Attribute(string name, long value) => new Message().Add(1, name).Add(3, value).Add(20, 2);

    private static Message Attribute(string name, long[] values)
    {
        var attribute = new Message().Add(1, name);
        foreach (var value in values) attribute.Add(8, value);
        return attribute.Add(20, 7);
    }

    private static Message Tensor(string name, long[] shape, IEnumerable<float> values)
    {
        var tensor = new Message();
        foreach (var side in shape) tensor.Add(1, side);
        return tensor.Add(2, Float).Add(8, name).Add(9, [.. values.SelectMany(BitConverter.GetBytes)]);
    }

    private static Message Value(string name, int type, params string[] sides)
    {
        var shape = new Message();
        foreach (var side in sides) shape.Add(1, new Message().Add(2, side));
        return new Message().Add(1, name).Add(2, new Message().Add(1, new Message().Add(1, type).Add(2, shape)));
    }

    private static Message Scalar(string name, int type) => Value(name, type);

    /// <summary>A message of protocol buffers, field by field.</summary>
    private sealed class Message
    {
        private readonly List<byte> bytes = [];

        public byte[] Bytes => [.. bytes];

        public Message Add(int field, long value)
        {
            Number((ulong)field << 3);
            Number((ulong)value);
            return this;
        }

        public Message Add(int field, float value)
        {
            Number(((ulong)field << 3) | 5);
            bytes.AddRange(BitConverter.GetBytes(value));
            return this;
        }

        public Message Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

        public Message Add(int field, Message inner) => Add(field, inner.Bytes);

        public Message Add(int field, byte[] value)
        {
            Number(((ulong)field << 3) | 2);
            Number((ulong)value.Length);
            bytes.AddRange(value);
            return this;
        }

        private void Number(ulong value)
        {
            for (; value > 127; value >>= 7) bytes.Add((byte)(value | 128));
            bytes.Add((byte)value);
        }
    }
}
