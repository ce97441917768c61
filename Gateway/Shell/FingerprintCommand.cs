using Gateway.Risk.Own;

namespace Gateway.Shell;

/// <summary>
/// <c>fingerprint --in FOLDER --out FILE</c>: fingerprints of the text files of a folder and those below it, for
/// <c>Detectors:Documents</c>. The texts themselves need not be where the gateway runs. Ends with 0, with 1 where no file had
/// enough text, with 2 where it was asked wrongly.
/// </summary>
internal static class FingerprintCommand
{
    private const int Failed = 1;
    private const int AskedWrongly = 2;
    private const long LargestFile = 64 * 1024 * 1024;

    public static int Run(string[] args, TextWriter output)
    {
        if (args is not ["--in", var folder, "--out", var to])
        {
            output.WriteLine("fingerprint --in FOLDER --out FILE   registers the text files of a folder; then set Detectors:Documents:0:File to FILE");
            return AskedWrongly;
        }
        try
        {
            var registered = FingerprintFile.Of(Texts(folder, output));
            if (registered.ByHash.Count is 0 or > FingerprintFile.MostFingerprints)
            {
                output.WriteLine(registered.ByHash.Count == 0 ? $"No text file with {Fingerprints.Guaranteed} letters or more is in {folder}." : $"That is too much text for one file: {registered.ByHash.Count:N0} fingerprints, {FingerprintFile.MostFingerprints:N0} are allowed.");
                return Failed;
            }
            registered.Write(to);
            output.WriteLine($"{registered.Documents.Count} documents, {registered.ByHash.Count:N0} fingerprints: {to}");
            return 0;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(missing.Message);
            return AskedWrongly;
        }
    }

    private static IEnumerable<(string Name, string Text)> Texts(string folder, TextWriter output)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            if (new FileInfo(path).Length > LargestFile || File.ReadAllText(path) is var text && text.Contains('\0', StringComparison.Ordinal)) output.WriteLine($"{name}: left out, it is no text or larger than 64 MB.");
            else if (text.Count(char.IsLetterOrDigit) < Fingerprints.Guaranteed) output.WriteLine($"{name}: left out, it has fewer than {Fingerprints.Guaranteed} letters.");
            else yield return (name, text);
        }
    }
}
