using System.Security.Cryptography;
using Gateway.Proof;

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
        if (!System.IO.File.Exists(file)) WriteSecret(file, "apk_demo_" + RandomNumberGenerator.GetHexString(32, lowercase: true));
        return System.IO.File.ReadAllText(file).Trim();
    }

    /// <summary>The trail's key, made at the first start. Who can read this file can sign another trail: in production it comes from elsewhere.</summary>
    public string SigningKeyFile()
    {
        var file = File("trail-signing-key.pem");
        if (!System.IO.File.Exists(file)) WriteSecret(file, SigningKey.Make());
        return file;
    }

    private static void WriteSecret(string file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(secret);
    }
}
