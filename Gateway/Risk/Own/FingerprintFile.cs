using System.Text;

namespace Gateway.Risk.Own;

/// <summary>
/// What is known of registered documents: their names and the fingerprints of their texts, which cannot be turned back into
/// text. Whoever has a document can tell from the file that it is registered.
/// </summary>
internal sealed record FingerprintFile(IReadOnlyList<string> Documents, IReadOnlyDictionary<ulong, int> ByHash)
{
    /// <summary>Of some hundred megabytes of text; they take about as much memory.</summary>
    public const int MostFingerprints = 4_000_000;
    private const int MostDocuments = 100_000;
    private const uint Magic = 0x31_50_46_41; // "AFP1"

    public static FingerprintFile Of(IEnumerable<(string Name, string Text)> documents)
    {
        List<string> names = [];
        Dictionary<ulong, int> byHash = [];
        foreach (var (name, text) in documents)
        {
            foreach (var (hash, _, _) in Fingerprints.Of(FoldedText.Of(text).Text)) byHash.TryAdd(hash, names.Count); // what two documents share is found as the first one's
            names.Add(name);
        }
        return new(names, byHash);
    }

    public void Write(string path)
    {
        using var file = new BinaryWriter(File.Create(path), Encoding.UTF8);
        file.Write(Magic);
        file.Write(Documents.Count);
        foreach (var name in Documents) file.Write(name);
        file.Write(ByHash.Count);
        foreach (var (hash, document) in ByHash.OrderBy(pair => pair.Key))
        {
            file.Write(hash);
            file.Write(document);
        }
    }

    /// <exception cref="InvalidDataException">It is no file of fingerprints, or a larger one than allowed.</exception>
    public static FingerprintFile Read(string path)
    {
        try
        {
            using var file = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            if (file.ReadUInt32() != Magic) throw new InvalidDataException($"{path} was not written by the command fingerprint.");
            var documents = new string[Count(file, MostDocuments)];
            for (var i = 0; i < documents.Length; i++) documents[i] = file.ReadString();
            var count = Count(file, MostFingerprints);
            var byHash = new Dictionary<ulong, int>(count);
            for (var i = 0; i < count; i++)
            {
                var (hash, document) = (file.ReadUInt64(), file.ReadInt32());
                if (document < 0 || document >= documents.Length) throw new InvalidDataException($"{path} is damaged.");
                byHash[hash] = document;
            }
            return new(documents, byHash);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{path} ends too early.");
        }

        int Count(BinaryReader file, int most) => file.ReadInt32() is >= 0 and var count && count <= most ? count : throw new InvalidDataException($"{path} is damaged, or holds more than {most:N0}.");
    }
}
