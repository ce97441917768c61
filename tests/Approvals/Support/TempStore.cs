using Tests.Servers;

namespace Approvals.Tests.Support;

/// <summary>A real SQLite file in a folder of its own, gone after the test.</summary>
public sealed class TempStore : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("approvals-test-").FullName;

    public string ConnectionString => $"Data Source={Path.Combine(folder, "approvals.db")}";

    public void Dispose() => SqliteFiles.Delete(folder);
}
