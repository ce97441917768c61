using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Distributed.Tests.Compose;

/// <summary>The console's files are where its endpoints look for them, alone and inside the gateway. Missing ones are answered with 200 and nothing.</summary>
public sealed class Published_Tests
{
    [Theory]
    [InlineData("ApprovalsUI", "css/tokens.css", "_framework/blazor.web.js", "_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("Gateway", "_content/ApprovalsUI/css/tokens.css", "_content/ApprovalsUI/_framework/blazor.web.js", "_content/MudBlazor/MudBlazor.min.css")]
    public async Task Every_file_that_is_served_is_there(string project, params string[] routes)
    {
        var folder = Directory.CreateTempSubdirectory("approvals-published-").FullName;
        try
        {
            Assert.Equal((0, ""), await PublishAsync(project, folder));

            var endpoints = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, $"{project}.staticwebassets.endpoints.json"))).RootElement.GetProperty("Endpoints").EnumerateArray().ToList();
            Assert.Subset(endpoints.Select(endpoint => endpoint.GetProperty("Route").GetString()).ToHashSet(), routes.ToHashSet<string?>());
            Assert.All(endpoints, endpoint => Assert.True(File.Exists(Path.Combine(folder, "wwwroot", endpoint.GetProperty("AssetFile").GetString()!)), endpoint.GetRawText())); // each names its file
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What is built already, in the configuration of this build.</summary>
    private static async Task<(int ExitCode, string Faults)> PublishAsync(string project, string folder)
    {
        var build = typeof(Published_Tests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Build").Value!.Split('/'); // the project file says it
        var start = new ProcessStartInfo("dotnet", ["publish", ComposeFile.In(project), "--no-build", "-c", build[1], "-o", folder, "-v", "quiet", "-nodeReuse:false"]) { RedirectStandardOutput = true };
        using var publish = Process.Start(start)!; // dotnet runs this test
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return (publish.ExitCode, publish.ExitCode == 0 ? "" : said);
    }
}
