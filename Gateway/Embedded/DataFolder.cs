using System.Security.Cryptography;

namespace Gateway.Embedded;

/// <summary>Where the embedded product keeps everything. Readable by its owner only.</summary>
internal sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public static DataFolder Open(WebApplicationBuilder builder)
    {
        var configured = builder.Configuration[$"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.DataFolder)}"] ?? new EmbeddedOptions().DataFolder;
        var path = System.IO.Path.GetFullPath(configured, builder.Environment.ContentRootPath);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        return new DataFolder(path);
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The demo caller's key: as configured, else the one made at the first start.</summary>
    public string CallerKey(string? configured)
    {
        if (!string.IsNullOrEmpty(configured)) return configured;
        var file = File("caller-key");
        if (!System.IO.File.Exists(file))
        {
            System.IO.File.WriteAllText(file, "apk_demo_" + RandomNumberGenerator.GetHexString(32, lowercase: true));
            if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return System.IO.File.ReadAllText(file).Trim();
    }
}
