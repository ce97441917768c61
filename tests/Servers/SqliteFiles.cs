using Microsoft.Data.Sqlite;

namespace Tests.Servers;

/// <summary>The SQLite files of one folder.</summary>
public static class SqliteFiles
{
    /// <summary>
    /// Closes what the pool keeps open of the folder's files, and deletes it. Closing everybody's would bring the logs of tests that
    /// are running into their files.
    /// </summary>
    public static void Delete(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.db"))
        {
            using var pooled = new SqliteConnection($"Data Source={file}");
            SqliteConnection.ClearPool(pooled);
        }
        Directory.Delete(folder, recursive: true);
    }
}
