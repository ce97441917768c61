using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Gateway.Risk.Own;

/// <summary>The detectors of this installation, made of its configuration when the gateway starts.</summary>
internal sealed class OwnDetectors
{
    public OwnDetectors(IOptions<OwnDetectorOptions> options)
    {
        var own = options.Value;
        All =
        [
            .. own.WordLists.SelectMany(WordListDetector.Of),
            .. own.Patterns.Select(pattern => new OwnPatternDetector(pattern)),
            .. own.Documents.Select(documents => new DocumentDetector(documents.Name, FingerprintFile.Read(documents.File))),
        ];
        Version = own.IsEmpty ? "" : $" own-{Digest(own)}";
    }

    public IReadOnlyList<IRiskDetector> All { get; }

    /// <summary>Follows the scorer's: the same for the same settings and files, so that a score can be told from one by other lists.</summary>
    public string Version { get; }

    private static string Digest(OwnDetectorOptions own)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(own)));
        var files = own.WordLists.Select(list => list.File).Concat(own.Documents.Select(documents => documents.File)).Concat(own.Classifiers.SelectMany(classifier => new[] { classifier.Model, classifier.Vocabulary }));
        foreach (var file in files.OfType<string>())
        {
            using var content = File.OpenRead(file); // a model may be larger than an array
            hash.AppendData(SHA256.HashData(content));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..8];
    }
}
