using System.Diagnostics;

namespace Distributed.Tests.Compose;

/// <summary>What docs/compose/make-secrets.sh makes up, made in a folder of its own.</summary>
internal sealed class MadeUpSecrets
{
    private const string Script = "docs/compose/make-secrets.sh";

    private static readonly Lazy<MadeUpSecrets> Made = new(() => new MadeUpSecrets());

    public static MadeUpSecrets Once => Made.Value;

    public MadeUpSecrets()
    {
        var root = Directory.CreateTempSubdirectory("approvals-secrets-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "docs/compose"));
            File.Copy(ComposeFile.In(Script), Path.Combine(root, Script));
            (ExitCode, _) = Run(root);
            Variables = File.ReadLines(Path.Combine(root, ".env")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            Files = Directory.GetFiles(Path.Combine(root, ".secrets")).ToDictionary(file => "./" + Path.GetRelativePath(root, file), File.ReadAllText);
            FolderMode = new DirectoryInfo(Path.Combine(root, ".secrets")).UnixFileMode;
            VariablesMode = new FileInfo(Path.Combine(root, ".env")).UnixFileMode;
            (SecondExitCode, Again) = Run(root);
            Kept = File.ReadAllText(Path.Combine(root, ".secrets/bus-password")) == Files["./.secrets/bus-password"];
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>By the paths that docker-compose.yml names.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }
    public UnixFileMode FolderMode { get; }
    public UnixFileMode VariablesMode { get; }
    public int ExitCode { get; }
    public int SecondExitCode { get; }
    public string Again { get; }
    public bool Kept { get; }

    private static (int ExitCode, string Said) Run(string root)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", [Path.Combine(root, Script)]) { RedirectStandardOutput = true, RedirectStandardError = true })!; // bash is there
        var said = bash.StandardOutput.ReadToEnd() + bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, said);
    }
}
