using System.Text.Json;
using System.Text.RegularExpressions;

namespace Distributed.Tests.Compose;

/// <summary>The load balancer and the OpenID provider are set up for the services beside them.</summary>
public sealed partial class Neighbours_Tests
{
    private static readonly string Balancer = File.ReadAllText(ComposeFile.In("docs/compose/nginx.conf"));
    private static readonly JsonElement Realm = JsonDocument.Parse(File.ReadAllText(ComposeFile.In("docs/compose/realm.json"))).RootElement;
    private static readonly JsonElement Client = Assert.Single(Realm.GetProperty("clients").EnumerateArray());

    [Fact] public void The_load_balancer_sends_to_our_services_at_the_port_they_listen_on() =>
        Assert.Equal(ComposeFile.Ours.OurServices.Select(service => $"{service.Name}:8080").Order(), Upstream().Matches(Balancer).Select(match => match.Groups[1].Value).Distinct().Order());

    [Fact] public void It_listens_where_it_is_asked()
    {
        var console = ComposeFile.Ours.Services["console"].Environment;
        var asked = ComposeFile.Ours.Services["load-balancer"].Ports.Select(port => port.Split(':')[2])
            .Concat(new[] { "Console__GatewayUrl", "Console__ApprovalsUrl" }.Select(key => new Uri(console[key]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(asked.Distinct().Order(), Listen().Matches(Balancer).Select(match => match.Groups[1].Value).Order());
        Assert.All(new[] { "Console__GatewayUrl", "Console__ApprovalsUrl" }, key => Assert.Equal("load-balancer", new Uri(console[key]).Host));
    }

    [Theory]
    [InlineData("proxy_buffering off;")]
    [InlineData("proxy_request_buffering off;")]
    [InlineData("proxy_read_timeout 3600s;")]
    [InlineData("client_max_body_size 0;")]
    [InlineData("proxy_next_upstream error timeout;")]
    public void It_holds_nothing_back_waits_for_people_and_repeats_nothing(string directive)
    {
        Assert.Single(Balancer.Split('\n'), line => line.Trim() == directive);
        Assert.DoesNotContain("non_idempotent", Balancer, StringComparison.Ordinal);
        Assert.Single(Balancer.Split('\n'), line => line.Trim().StartsWith(directive.Split(' ')[0] + " ", StringComparison.Ordinal));
    }

    [Fact] public void The_collector_reads_the_file_that_is_checked()
    {
        var collector = ComposeFile.Ours.Services["otel-collector"];

        Assert.Contains(collector.Volumes, volume => volume.StartsWith("./docs/compose/otel-collector.yaml:/etc/otel-collector.yaml", StringComparison.Ordinal));
        Assert.Contains("--config=/etc/otel-collector.yaml", collector.HealthCheck);
    }

    [Fact] public void The_provider_knows_the_console_by_its_name_its_secret_and_its_address()
    {
        var console = ComposeFile.Ours.Services["console"].Environment;
        var address = $"http://localhost:{ComposeFile.Ours.Services["load-balancer"].Ports.Single(port => port.EndsWith(":8082", StringComparison.Ordinal)).Split(':')[1]}";

        Assert.Equal(console["People__ClientId"], Client.GetProperty("clientId").GetString());
        Assert.Equal("${APPROVALS_CLIENT_SECRET}", Client.GetProperty("secret").GetString());
        Assert.False(Client.GetProperty("publicClient").GetBoolean());
        Assert.Equal([$"{address}/console/signed-in"], Client.GetProperty("redirectUris").EnumerateArray().Select(uri => uri.GetString()));
        Assert.Equal($"{address}/console/signed-out", Client.GetProperty("attributes").GetProperty("post.logout.redirect.uris").GetString());
    }

    [Fact] public void Browsers_and_services_find_the_provider_each_at_its_own_address() => Assert.All(ComposeFile.Ours.OurServices, service =>
    {
        var keycloak = ComposeFile.Ours.Services["keycloak"];
        var issuer = $"{keycloak.Environment["KC_HOSTNAME"]}/realms/{Realm.GetProperty("realm").GetString()}";

        Assert.Equal(issuer, service.Environment["People__Authority"]);
        Assert.Equal($"127.0.0.1:{new Uri(issuer).Port}:8080", Assert.Single(keycloak.Ports));
        Assert.Equal($"http://keycloak:8080{new Uri(issuer).AbsolutePath}/.well-known/openid-configuration", service.Environment["People__MetadataAddress"]);
        Assert.Equal("true", keycloak.Environment["KC_HOSTNAME_BACKCHANNEL_DYNAMIC"]);
    });

    [Theory, InlineData("oidc-sub-mapper"), InlineData("oidc-full-name-mapper"), InlineData("oidc-group-membership-mapper"), InlineData("oidc-audience-mapper")]
    public void An_access_token_says_who_it_is_which_groups_and_for_whom(string mapper) => Assert.Equal("true", Mapper(mapper).GetProperty("access.token.claim").GetString());

    [Fact] public void Groups_and_audience_are_what_the_services_look_for()
    {
        var gateway = ComposeFile.Ours.Services["gateway"].Environment;
        var groups = Realm.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("name").GetString()).ToList();

        Assert.Equal(gateway["People__Audience"], Mapper("oidc-audience-mapper").GetProperty("included.custom.audience").GetString());
        Assert.Equal(("groups", "false"), (Mapper("oidc-group-membership-mapper").GetProperty("claim.name").GetString(), Mapper("oidc-group-membership-mapper").GetProperty("full.path").GetString()));
        Assert.Contains(gateway["Policy__Reviewers__0"], groups);
        Assert.All(gateway.Where(setting => setting.Key.StartsWith("People__Permissions__", StringComparison.Ordinal)), permission => Assert.Contains(permission.Value, groups));
    }

    [Fact] public void Every_placeholder_of_the_realm_is_a_variable_of_the_provider()
    {
        var placeholders = Placeholder().Matches(Realm.GetRawText()).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.Equal(["APPROVALS_CLIENT_SECRET", "APPROVALS_PEOPLE_PASSWORD"], placeholders.Order());
        Assert.Subset(ComposeFile.Ours.Services["keycloak"].Environment.Keys.ToHashSet(), placeholders);
        Assert.Equal(3600, Realm.GetProperty("accessTokenLifespan").GetInt32());
    }

    private static JsonElement Mapper(string kind) =>
        Client.GetProperty("protocolMappers").EnumerateArray().Single(mapper => mapper.GetProperty("protocolMapper").GetString() == kind).GetProperty("config");

    [GeneratedRegex(@"^\s*server ([\w-]+:\d+) ", RegexOptions.Multiline)]
    private static partial Regex Upstream();

    [GeneratedRegex(@"^\s*listen (\d+);", RegexOptions.Multiline)]
    private static partial Regex Listen();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();
}
