namespace Distributed.Support;

/// <summary>What a run measured, for the test command to print and for a reader of its results.</summary>
internal static class Figures
{
    public static void Write(string file, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Cluster.Root, "tests", "Distributed", "TestResults"));
        File.WriteAllText(Path.Combine(folder.FullName, file), text + "\n");
    }
}
