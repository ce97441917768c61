namespace Gateway.Outlets.Kinds;

/// <summary>
/// Appends lines to a file, and they are on the disk when it returns. A full file is renamed to <c>.1</c>, what was <c>.1</c> to <c>.2</c>
/// and so on. Readable by its owner only.
/// </summary>
internal sealed class FileOutlet(OutletOptions options) : IOutlet
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string path = Path.GetFullPath(options.Path!); // the rules ask for it

    public string Name => options.Name;

    public async Task SendAsync(OutletBatch batch, CancellationToken ct)
    {
        var file = Open();
        try
        {
            foreach (var item in batch.Items)
            {
                if (file.Length > 0 && file.Length + item.Json.Length + 1 > options.LargestFile)
                {
                    file.Flush(flushToDisk: true);
                    await file.DisposeAsync();
                    Rotate();
                    file = Open();
                }
                await file.WriteAsync(item.Json, ct);
                file.WriteByte((byte)'\n');
            }
            file.Flush(flushToDisk: true);
        }
        finally
        {
            await file.DisposeAsync();
        }
    }

    /// <summary>Nobody else can write to it meanwhile: another gateway on this machine that was set to the same path fails, and says so.</summary>
    private FileStream Open()
    {
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder)) MakeFolder(folder);
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, how);
        if (file.Length == 0) return file;
        // A crash can leave half a line. It was not accepted, so it comes again; it must not run into the next.
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n') file.WriteByte((byte)'\n');
        return file;
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private void Rotate()
    {
        if (options.KeepFiles == 0)
        {
            File.Delete(path);
            return;
        }
        // From the oldest on, so that a crash in between leaves a number out and overwrites nothing that was to stay.
        for (var number = options.KeepFiles - 1; number > 0; number--)
        {
            if (File.Exists($"{path}.{number}")) File.Move($"{path}.{number}", $"{path}.{number + 1}", overwrite: true);
        }
        File.Move(path, $"{path}.1", overwrite: true);
    }
}
