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
    private static readonly string[] Readers = [Permissions.Review, Permissions.ReadTrail];
    private static readonly string[] Overseers = [Permissions.ReadTrail];
    private static readonly string[] Deciders = [Permissions.Review];
    private static readonly (string Verb, string Route, string[] Allowed)[] Table =
    [
        ("GET", "/api/reviews/", Readers),
        ("GET", "/api/reviews/{id}", Readers),
        ("POST", "/api/reviews/{id}/votes", Deciders),
        ("POST", "/api/reviews/{id}/claim", Deciders),
        ("POST", "/api/reviews/{id}/claim/release", Deciders),
        ("POST", "/api/reviews/{id}/undo", Deciders),
        ("GET", "/api/alerts/", Overseers),
        ("POST", "/api/alerts/{id}/dismiss", Overseers),
        ("*", "/hubs/reviews", Readers),
        ("POST", "/hubs/reviews/negotiate", Readers),
    ];

    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test

    public async ValueTask InitializeAsync() => host = await ApprovalsHost.StartAsync(file);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    [Fact]
    public void Every_endpoint_has_a_row()
    {
        var mapped = Endpoints().Select(endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(Table.Select(row => row.Route).Order(), mapped.Order());
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
    public async Task Nobody_is_401_everywhere()
    {
        foreach (var row in Table) Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(row.Verb, row.Route, null, ""));
    }

    [Fact]
    public async Task A_person_without_a_subject_is_nobody_to_decide()
    {
        foreach (var row in Table) Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(row.Verb, row.Route, "", Permissions.Review));
    }

    [Fact]
    public async Task A_permission_opens_its_own_doors_and_no_other()
    {
        foreach (var row in Table)
            foreach (var permission in new[] { "", Permissions.Reveal, Permissions.ReadTrail, Permissions.Review })
            {
                var status = await CallAsync(row.Verb, row.Route, "ann", permission);
                Assert.True((status == HttpStatusCode.Forbidden) == !row.Allowed.Contains(permission), $"{row.Verb} {row.Route} with '{permission}': {status}");
            }
    }

    [Fact]
    public async Task Get_never_changes_anything_deciding_is_a_post()
    {
        var prompt = await host.ParkAsync();
        foreach (var row in Table.Where(row => row.Verb == "POST" && row.Route.StartsWith("/api", StringComparison.Ordinal)))
            Assert.Equal(HttpStatusCode.MethodNotAllowed, await CallAsync("GET", row.Route.Replace("{id}", prompt.TicketId, StringComparison.Ordinal), "ann", Permissions.Review));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private async Task<HttpStatusCode> CallAsync(string verb, string route, string? person, string permission)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb == "*" ? "GET" : verb), route.Replace("{id}", "apr_none", StringComparison.Ordinal));
        if (verb == "POST") request.Content = JsonContent.Create(new { operationId = Guid.NewGuid(), approve = true, digest = "x" });
        using var response = await host.As(person, permissions: permission).SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
