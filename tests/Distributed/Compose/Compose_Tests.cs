using System.Text.RegularExpressions;

namespace Distributed.Tests.Compose;

/// <summary>docker-compose.yml gives away nothing that it need not: versions, privileges, ports and passwords.</summary>
public sealed partial class Compose_Tests
{
    private static ComposeFile Composed => ComposeFile.Ours;

    [Fact] public void Every_image_is_pinned_to_a_full_version() =>
        Assert.All(Composed.Services.Values, service => Assert.Matches(FullVersion(), service.Image));

    [Fact] public void Every_service_can_say_whether_it_is_well_unless_it_ends_by_itself() => Assert.All(Composed.Services.Values, service =>
    {
        var awaited = Composed.Services.Values.Select(other => other.DependsOn.GetValueOrDefault(service.Name)).OfType<string>().ToHashSet();
        if (service.Restart == "no") Assert.Equal(["service_completed_successfully"], awaited);
        else Assert.StartsWith("CMD ", string.Join(' ', service.HealthCheck), StringComparison.Ordinal);
    });

    [Fact] public void Every_service_comes_back_ends_in_its_own_time_and_has_a_limit() => Assert.All(Composed.Services.Values, service =>
    {
        Assert.True(service.Restart is "unless-stopped" or "no");
        Assert.Equal("30s", service.Text("stop_grace_period"));
        Assert.NotNull(service.Text("mem_limit"));
    });

    [Fact] public void Ours_are_asked_by_their_own_command() => Assert.All(Composed.OurServices, service =>
        Assert.Equal(["CMD", "dotnet", $"{Path.GetDirectoryName(service.Dockerfile)}.dll", "health"], service.HealthCheck));

    [Fact] public void Ours_are_ordinary_users_on_a_read_only_file_system() => Assert.All(Composed.OurServices, service =>
    {
        Assert.True(service.ReadOnly);
        Assert.Matches("^[1-9][0-9]+:[1-9][0-9]+$", service.User!);
        Assert.Empty(service.AddedCapabilities);
        Assert.Empty(service.Volumes);
    });

    [Fact] public void Nobody_has_capabilities_or_gains_any() => Assert.All(Composed.Services.Values, service =>
    {
        Assert.Equal(["ALL"], service.DroppedCapabilities);
        Assert.Contains("no-new-privileges:true", service.SecurityOptions);
        Assert.Equal(service.Name == "sqlserver" ? ["NET_BIND_SERVICE"] : [], service.AddedCapabilities);
    });

    [Fact] public void Only_the_load_balancer_and_the_provider_can_be_reached_and_only_from_this_machine()
    {
        Assert.Equal(["keycloak", "load-balancer"], Composed.Services.Values.Where(service => service.Ports.Count > 0).Select(service => service.Name).Order());
        Assert.All(Composed.Services.Values.SelectMany(service => service.Ports), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact] public void Every_dependency_is_a_service_that_can_meet_the_condition() => Assert.All(Composed.Services.Values.SelectMany(service => service.DependsOn), dependency =>
    {
        var service = Assert.Contains(dependency.Key, Composed.Services);
        Assert.Equal(service.Restart == "no" ? "service_completed_successfully" : "service_healthy", dependency.Value);
    });

    [Fact] public void Every_mounted_file_is_there_and_cannot_be_changed() => Assert.All(Composed.Services.Values.SelectMany(service => service.Volumes), volume =>
    {
        var source = volume.Split(':')[0];
        if (!source.StartsWith('.'))
        {
            Assert.Contains(source, Composed.Volumes);
            return;
        }
        Assert.True(File.Exists(ComposeFile.In(source)), source);
        Assert.EndsWith(":ro", volume, StringComparison.Ordinal);
    });

    [Fact] public void Every_secret_is_written_by_the_script_and_used()
    {
        var used = Composed.Services.Values.SelectMany(service => service.Secrets.Values).ToHashSet();

        Assert.Equal(0, MadeUpSecrets.Once.ExitCode);
        Assert.Equal(used.Order(), Composed.Secrets.Keys.Order());
        Assert.Equal(Composed.Secrets.Values.Order(), MadeUpSecrets.Once.Files.Keys.Order());
    }

    [Fact] public void Every_variable_is_written_by_the_script_and_used() =>
        Assert.Equal(Composed.RequiredVariables.Order(), MadeUpSecrets.Once.Variables.Keys.Order());

    [Fact] public void No_password_has_a_default()
    {
        var passwords = Composed.Services.Values.SelectMany(service => service.Environment).Where(variable => PasswordName().IsMatch(variable.Key)).ToList();

        Assert.NotEmpty(passwords);
        Assert.All(passwords, variable => Assert.Matches(@"^\$\{APPROVALS_\w+:\?[^}]+\}$", variable.Value));
    }

    [Fact] public void The_script_makes_up_a_new_secret_for_each_use_and_never_replaces_one()
    {
        var (made, other) = (MadeUpSecrets.Once, new MadeUpSecrets());

        Assert.Equal(made.Variables.Count, made.Variables.Values.Distinct().Count());
        Assert.Empty(made.Variables.Values.Concat(made.Files.Values).Intersect(other.Variables.Values.Concat(other.Files.Values)));
        Assert.All(made.Variables.Values, value => Assert.Matches("^Aa1[0-9a-f]{48}$", value));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, made.FolderMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, made.VariablesMode);
        Assert.Equal(1, made.SecondExitCode);
        Assert.Contains("there already", made.Again, StringComparison.Ordinal);
        Assert.True(made.Kept);
    }

    [Fact] public void Servers_and_services_know_the_same_passwords()
    {
        var (variables, files) = (MadeUpSecrets.Once.Variables, MadeUpSecrets.Once.Files);

        Assert.Equal(variables["APPROVALS_BUS_PASSWORD"], files["./.secrets/bus-password"]);
        Assert.Equal(variables["APPROVALS_CLIENT_SECRET"], files["./.secrets/client-secret"]);
        Assert.Contains($"Password={variables["APPROVALS_SQL_PASSWORD"]};", files["./.secrets/storage-connection"], StringComparison.Ordinal);
        Assert.DoesNotContain("User Id=sa", files["./.secrets/storage-connection"], StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData(".gitignore"), InlineData(".dockerignore")] public void Secrets_are_neither_committed_nor_copied_into_an_image(string ignored)
    {
        var lines = File.ReadLines(ComposeFile.In(ignored)).Select(line => line.TrimEnd('/')).ToHashSet();

        Assert.Contains(".env", lines);
        Assert.Contains(".secrets", lines);
    }

    [GeneratedRegex(@":[^:/]*(\d+\.\d+\.\d+|\d{4}-CU\d+)[^:/]*$")]
    private static partial Regex FullVersion();

    [GeneratedRegex("PASS|SECRET")]
    private static partial Regex PasswordName();
}
