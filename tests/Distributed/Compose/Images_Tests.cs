using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace Distributed.Tests.Compose;

/// <summary>How our images are made.</summary>
public sealed partial class Images_Tests
{
    public static TheoryData<string> Dockerfiles => [.. ComposeFile.Ours.OurServices.Select(service => service.Dockerfile!)]; // ours have one

    [Theory, MemberData(nameof(Dockerfiles))] public void An_image_is_built_by_one_version_and_runs_on_one_that_has_no_shell(string dockerfile)
    {
        var images = From().Matches(Text(dockerfile)).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(2, images.Count);
        Assert.Matches(@"^mcr\.microsoft\.com/dotnet/sdk:\d+\.\d+\.\d{3}-noble$", images[0]);
        Assert.Matches(@"^mcr\.microsoft\.com/dotnet/aspnet:\d+\.\d+\.\d+-noble-chiseled-extra$", images[1]);
    }

    [Fact] public void All_are_built_by_the_same_version_which_is_one_that_this_checkout_takes()
    {
        var version = JsonDocument.Parse(File.ReadAllText(ComposeFile.In("global.json"))).RootElement.GetProperty("sdk").GetProperty("version").GetString()!; // it is pinned
        var images = Dockerfiles.Select(row => string.Join(' ', From().Matches(Text(row.Data)).Select(match => match.Groups[1].Value))).Distinct();

        var sdk = new Version(Sdk().Match(Assert.Single(images)).Groups[1].Value);
        Assert.Equal(new Version(version).ToString(2), sdk.ToString(2));
        Assert.True(sdk >= new Version(version));
    }

    [Theory, MemberData(nameof(Dockerfiles))] public void An_image_runs_as_an_ordinary_user(string dockerfile)
    {
        var stage = Text(dockerfile).Split("\nFROM ")[^1];

        Assert.Contains("\nUSER $APP_UID\n", stage, StringComparison.Ordinal);
        Assert.DoesNotContain("\nRUN ", stage, StringComparison.Ordinal);
        Assert.EndsWith($"ENTRYPOINT [\"dotnet\", \"{Path.GetDirectoryName(dockerfile)}.dll\"]\n", stage, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Dockerfiles))] public void Everything_that_decides_about_packages_comes_before_they_are_fetched(string dockerfile)
    {
        var before = Text(dockerfile).Split("RUN dotnet restore ")[0];

        Assert.All(ProjectsOf(Path.GetDirectoryName(dockerfile)!), project => // it is in its project's folder
        {
            Assert.Contains($" {project}/{project}.csproj {project}/packages.lock.json {project}/\n", before, StringComparison.Ordinal);
            Assert.Contains($"\nCOPY {project} {project}\n", Text(dockerfile), StringComparison.Ordinal);
        });
        Assert.Contains("COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt ./", before, StringComparison.Ordinal);
        Assert.Contains("Contracts/Shared/Shared.props", before, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Dockerfiles))] public void A_service_has_the_cultures_that_the_driver_of_its_database_asks_for(string dockerfile)
    {
        var project = Path.GetDirectoryName(dockerfile);
        var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{project}.runtimeconfig.json"))).RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        Assert.False(settings.GetProperty("System.Globalization.Invariant").GetBoolean());
    }

    [Fact] public void The_driver_of_SQL_Server_looks_for_a_server()
    {
        using var connection = new SqlConnection("Server=127.0.0.1,1;User Id=nobody;Password=nothing;Connect Timeout=1;ConnectRetryCount=0");

        Assert.IsType<SqlException>(Record.Exception(connection.Open));
    }

    private static string Text(string dockerfile) => File.ReadAllText(ComposeFile.In(dockerfile));

    private static HashSet<string> ProjectsOf(string project)
    {
        var needed = Reference().Matches(File.ReadAllText(ComposeFile.In($"{project}/{project}.csproj"))).Select(match => match.Groups[1].Value);
        return [project, .. needed.SelectMany(ProjectsOf)];
    }

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"/sdk:(\d+\.\d+\.\d+)-")]
    private static partial Regex Sdk();

    [GeneratedRegex(@"<ProjectReference Include=""\.\./(\w+)/")]
    private static partial Regex Reference();
}
