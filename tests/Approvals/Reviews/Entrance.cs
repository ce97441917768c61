using System.Net;
using System.Net.Http.Json;
using Approvals.Tests.Support;
using Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Tests.Reviews;

/// <summary>Who may call what. A new endpoint without a row here fails.</summary>
public sealed class Entrance : IAsyncLifetime
{
    private static readonly string[] Deciders = [.. Permissions.AnyReview];
    private static readonly string[] Stoppers = [.. Deciders, Permissions.BreakGlass];
    private static readonly string[] Readers = [.. Stoppers, Permissions.ReadTrail];
    private static readonly string[] Overseers = [Permissions.ReadTrail];

    /// <summary>Each endpoint, and the permissions that open it.</summary>
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["GET /api/reviews/"] = Readers,
        ["GET /api/reviews/{id}"] = Readers,
        ["POST /api/reviews/{id}/votes"] = Deciders,
        ["POST /api/reviews/{id}/claim"] = Deciders,
        ["POST /api/reviews/{id}/claim/release"] = Deciders,
        ["POST /api/reviews/{id}/pass"] = Deciders,
        ["POST /api/reviews/{id}/questions"] = Deciders,
        ["GET /api/reviews/{id}/context"] = Readers,
        ["POST /api/reviews/{id}/break-glass"] = [Permissions.BreakGlass],
        ["POST /api/reviews/{id}/undo"] = Stoppers,
        ["GET /api/alerts/"] = Overseers,
        ["POST /api/alerts/{id}/dismiss"] = Overseers,
        ["GET /api/overview/"] = Readers,
        ["GET /api/overview/{table}.csv"] = Readers,
        ["* /hubs/reviews"] = Readers,
        ["* /hubs/reviews/negotiate"] = Readers,
    };

    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var mapped = Endpoints().SelectMany(Names).ToList();

        Assert.All(mapped, name => Assert.True(Table.ContainsKey(name), $"{name} is new: add [\"{name}\"] = [the permissions that open it] to the table in {nameof(Entrance)}."));
        Assert.All(Table.Keys, name => Assert.True(mapped.Contains(name), $"{name} is not mapped any more: take its row out of the table in {nameof(Entrance)}."));
        Assert.All(Endpoints(), endpoint => Assert.NotEmpty(endpoint.Metadata.OfType<IAuthorizeData>()));
    }

    [Fact]
    public void Every_endpoint_of_the_api_is_described()
    {
        Assert.All(Endpoints().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)), endpoint =>
        {
            Assert.NotEmpty(endpoint.Metadata.GetRequiredMetadata<IEndpointSummaryMetadata>().Summary);
            Assert.NotEmpty(endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);
            Assert.NotEmpty(endpoint.Metadata.GetRequiredMetadata<ITagsMetadata>().Tags);
            var answers = endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(answer => answer.StatusCode).ToList();
            Assert.Superset(new HashSet<int> { 401, 403 }, answers.ToHashSet());
            Assert.Contains(answers, status => status is 200 or 204);
        });
    }

    [Fact]
    public async Task Nobody_is_401_everywhere_and_is_led_nowhere()
    {
        foreach (var name in Table.Keys)
        {
            var (status, leadsTo) = await CallAsync(name, null, "");
            Assert.True((status, leadsTo) == (HttpStatusCode.Unauthorized, null), $"{name} without a person: {status} {leadsTo}");
        }
    }

    [Fact]
    public async Task A_person_without_a_subject_is_nobody_to_decide()
    {
        foreach (var (name, allowed) in Table) Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(name, "", allowed[0])).Status);
    }

    [Fact]
    public async Task A_permission_opens_its_own_doors_and_no_other()
    {
        foreach (var (name, allowed) in Table)
            foreach (var permission in Permissions.All.Prepend(""))
            {
                var (status, leadsTo) = await CallAsync(name, "ann", permission);
                var opened = status is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized);
                Assert.True(opened == allowed.Contains(permission) && leadsTo is null,
                    $"{name} with '{permission}' answered {status} {leadsTo}; its row in {nameof(Entrance)} says {(allowed.Contains(permission) ? "open" : "403")}.");
            }
    }

    [Fact]
    public async Task Get_never_changes_anything_deciding_is_a_post()
    {
        var prompt = await host.ParkAsync();
        foreach (var name in Table.Keys.Where(name => name.StartsWith("POST /api", StringComparison.Ordinal)))
        {
            var get = "GET " + name["POST ".Length..].Replace("{id}", prompt.TicketId, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await CallAsync(get, "ann", Permissions.Review)).Status);
        }
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>A hub takes any verb.</summary>
    private static IEnumerable<string> Names(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(verb => $"{verb} {endpoint.RoutePattern.RawText}");

    private async Task<(HttpStatusCode Status, Uri? LeadsTo)> CallAsync(string name, string? person, string permission)
    {
        var (verb, route) = (name.Split(' ')[0], name.Split(' ')[1].Replace("{id}", "apr_none", StringComparison.Ordinal));
        if (verb == "*") verb = route.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET";
        using var request = new HttpRequestMessage(new HttpMethod(verb), route);
        if (verb == "POST") request.Content = JsonContent.Create(new { operationId = Guid.NewGuid(), approve = true, digest = "x", reason = "" });
        using var response = await host.As(person, permissions: permission).SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Headers.Location);
    }
}
