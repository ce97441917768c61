using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Contracts;
using Gateway.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Entrance;

/// <summary>Who opens what in the whole product: every endpoint there is, called for real by somebody with each one permission.</summary>
public sealed partial class Doors_Tests(SharedGateway shared) : IAsyncLifetime
{
    private const string Nothing = "nothing";
    private const string SigningOut = "POST /api/sign-outs";
    private static readonly Door Anonymous = new(ByAnybody: true, ByCallers: true, [.. Permissions.All, Nothing]);
    private static readonly Door Caller = new(ByAnybody: false, ByCallers: true, []);
    private static readonly Door SignedIn = Of([.. Permissions.All, Nothing]);
    private static readonly Door Deciders = Of([.. Permissions.AnyReview]);
    private static readonly Door Stoppers = Of([.. Permissions.AnyReview, Permissions.BreakGlass]);
    private static readonly Door Readers = Of([.. Permissions.AnyReview, Permissions.BreakGlass, Permissions.ReadTrail]);

    private static readonly Door PolicyReaders = Of(Permissions.EditPolicy, Permissions.ApprovePolicy, Permissions.ReadTrail);

    private static readonly Dictionary<string, Door> Table = new()
    {
        ["POST /v1/chat/completions"] = Caller,
        ["POST /v1/responses"] = Caller,
        ["POST /v1/embeddings"] = Caller,
        ["POST /v1/messages"] = Caller,
        ["POST /v1/{**route}"] = Caller,
        ["GET /v1/models"] = Caller,
        ["GET /v1/approvals/{id}/"] = Caller,
        ["GET /v1/approvals/{id}/result"] = Caller,
        ["POST /v1/approvals/{id}/cancel"] = Caller,
        ["POST /v1/approvals/{id}/answer"] = Caller,
        ["GET /v1/responses/{id}/"] = Caller,
        ["POST /v1/responses/{id}/cancel"] = Caller,

        ["GET /api/reviews/"] = Readers,
        ["GET /api/reviews/{id}"] = Readers,
        ["POST /api/reviews/{id}/votes"] = Deciders,
        ["POST /api/reviews/{id}/claim"] = Deciders,
        ["POST /api/reviews/{id}/claim/release"] = Deciders,
        ["POST /api/reviews/{id}/pass"] = Deciders,
        ["POST /api/reviews/{id}/questions"] = Deciders,
        ["GET /api/reviews/{id}/context"] = Readers,
        ["POST /api/reviews/{id}/break-glass"] = Of(Permissions.BreakGlass),
        ["POST /api/reviews/{id}/undo"] = Stoppers,
        ["GET /api/prompts/{ticketId}/"] = Stoppers,
        ["POST /api/prompts/{ticketId}/edits"] = Deciders,
        ["POST /api/prompts/{ticketId}/reveals"] = Of(Permissions.Reveal),
        ["GET /api/alerts/"] = Of(Permissions.ReadTrail),
        ["POST /api/alerts/{id}/dismiss"] = Of(Permissions.ReadTrail),
        ["GET /api/overview/"] = Readers,
        ["GET /api/overview/{table}.csv"] = Readers,
        ["GET /api/trail"] = Of(Permissions.ReadTrail),
        ["POST /api/evidence"] = Of(Permissions.ReadTrail),
        ["GET /api/interactions/{id}/"] = Of(Permissions.ReadTrail),
        ["POST /api/interactions/{id}/open"] = Of(Permissions.ReadTrail),
        ["POST /api/interactions/{id}/reveals"] = Of(), // it takes both, to read the trail and to reveal
        ["POST /api/interactions/{id}/resend"] = Of(Permissions.Resend),
        ["POST /api/interactions/{id}/judge"] = Of(Permissions.ReadTrail),
        ["POST /api/questions/who-asked"] = Of(Permissions.ReadTrail),
        ["POST /api/questions/did-it-leave"] = Of(Permissions.ReadTrail),
        ["POST /api/questions/who-got-past"] = Of(Permissions.ReadTrail),
        ["POST /api/erasures"] = Of(Permissions.ManageData),
        ["GET /api/holds"] = Of(Permissions.ManageData),
        ["POST /api/holds"] = Of(Permissions.ManageData),
        ["POST /api/holds/{id:guid}/lift"] = Of(Permissions.ManageData),
        ["GET /api/grants/"] = Of([.. Permissions.AnyReview, Permissions.ReadTrail]),
        ["POST /api/grants/"] = Of(Permissions.Review),
        ["POST /api/grants/{id}/agree"] = Of(Permissions.Review),
        ["POST /api/grants/{id}/revoke"] = Of(Permissions.Review),
        ["GET /api/keys/"] = Of(Permissions.ManageKeys),
        ["POST /api/keys/"] = Of(Permissions.ManageKeys),
        ["POST /api/keys/{id:guid}/revoke"] = Of(Permissions.ManageKeys),
        ["GET /api/known/notice"] = SignedIn,
        ["GET /api/known/"] = Of(Permissions.EditPolicy),
        ["POST /api/known/"] = Of(Permissions.EditPolicy),
        ["DELETE /api/known/{id:guid}"] = Of(Permissions.EditPolicy),
        ["GET /api/policies/schema.json"] = Anonymous,
        ["GET /api/policies/"] = PolicyReaders,
        ["GET /api/policies/{number:int}"] = PolicyReaders,
        ["GET /api/policies/{number:int}/yaml"] = PolicyReaders,
        ["POST /api/policies/check"] = PolicyReaders,
        ["POST /api/policies/thresholds"] = PolicyReaders,
        ["POST /api/policies/what-if"] = PolicyReaders,
        ["POST /api/policies/tighten"] = Of(Permissions.EditPolicy),
        ["POST /api/policies/{number:int}/rollback"] = Of(Permissions.ApprovePolicy),
        ["POST /api/policies/{number:int}/review"] = Of(Permissions.ApprovePolicy),
        ["GET /api/policies/drafts/{id:guid}"] = PolicyReaders,
        ["PUT /api/policies/drafts/{id:guid}/"] = Of(Permissions.EditPolicy),
        ["POST /api/policies/drafts/{id:guid}/propose"] = Of(Permissions.EditPolicy),
        ["POST /api/policies/drafts/{id:guid}/withdraw"] = Of(Permissions.EditPolicy),
        ["POST /api/policies/drafts/{id:guid}/shadow"] = Of(Permissions.EditPolicy),
        ["POST /api/policies/drafts/{id:guid}/approve"] = Of(Permissions.ApprovePolicy),
        ["POST /api/policies/drafts/{id:guid}/reject"] = Of(Permissions.ApprovePolicy),
        ["POST /api/sign-ins"] = SignedIn,
        [SigningOut] = SignedIn,
        ["GET /api/access"] = SignedIn,
        ["* /hubs/reviews"] = Readers,
        ["* /hubs/reviews/negotiate"] = Readers,

        ["GET /api/sessions/people"] = Anonymous,
        ["POST /api/sessions/"] = Anonymous,
        ["GET /openapi"] = Anonymous,
        ["GET /openapi/{documentName}.json"] = Anonymous,
        ["* /health/live"] = Anonymous,
        ["* /health/ready"] = Anonymous,
        ["GET /"] = Anonymous,
    };

    /// <summary>The console's pages and files: a cookie opens them and no token does. Its own tests look at them.</summary>
    private static readonly string[] Console = ["/console", "/_blazor", "/_framework", "_content", "{**path:file}"];

    private GatewayHost host = null!; // set before every test
    private readonly Dictionary<string, string> tokens = [];

    public async ValueTask InitializeAsync()
    {
        var people = new Dictionary<string, string?>();
        foreach (var (n, permission) in Permissions.All.Append(Nothing).Index())
        {
            people[$"Embedded:People:{n}:Subject"] = people[$"Embedded:People:{n}:Name"] = permission;
            people[$"Embedded:People:{n}:Groups:0"] = "reviewers";
            if (permission != Nothing) people[$"Embedded:People:{n}:Permissions:0"] = permission;
        }
        host = await GatewayHost.StartAsync(shared.Upstream, people);
        foreach (var permission in Permissions.All.Append(Nothing))
            tokens[permission] = (await host.PersonAsync(permission)).DefaultRequestHeaders.Authorization!.Parameter!; // signed in
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var mapped = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !Console.Any(own => endpoint.RoutePattern.RawText!.StartsWith(own, StringComparison.Ordinal))).SelectMany(Names).ToHashSet();

        Assert.All(mapped, name => Assert.True(Table.ContainsKey(name),
            $"{name} is new: add [\"{name}\"] = Of(Permissions.…) with each permission that opens it, or = SignedIn, Caller or Anonymous, to the table in {nameof(Doors_Tests)}; and for the approvals service to the one in its Entrance."));
        Assert.All(Table.Keys, name => Assert.True(mapped.Contains(name), $"{name} is not mapped any more: take its row out of the table in {nameof(Doors_Tests)}."));
    }

    [Fact]
    public async Task Each_permission_opens_the_doors_of_its_rows_and_no_other()
    {
        // After that one, nobody is signed in any more.
        foreach (var (name, door) in Table.OrderBy(row => row.Key == SigningOut))
            foreach (var (permission, token) in tokens)
                await ExpectAsync(name, $"somebody with '{permission}'", token, door.Permissions.Contains(permission) ? null : door == Caller ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_is_401_and_so_is_a_caller_at_the_doors_of_people()
    {
        foreach (var (name, door) in Table)
        {
            await ExpectAsync(name, "nobody", null, door.ByAnybody ? null : HttpStatusCode.Unauthorized);
            await ExpectAsync(name, "a made-up token", "CfDJ8made-up", door.ByAnybody ? null : HttpStatusCode.Unauthorized);
            await ExpectAsync(name, "a caller", GatewayHost.AliceKey, door.ByCallers ? null : HttpStatusCode.Unauthorized);
        }
    }

    private static Door Of(params string[] permissions) => new(ByAnybody: false, ByCallers: false, permissions);

    /// <summary>A hub and a probe take any verb.</summary>
    private static IEnumerable<string> Names(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(verb => $"{verb} {endpoint.RoutePattern.RawText}");

    /// <param name="refused">Null: anything but 401 and 403.</param>
    private async Task ExpectAsync(string name, string who, string? token, HttpStatusCode? refused)
    {
        var (verb, route) = (name.Split(' ')[0], Hole().Replace(name.Split(' ')[1], Filled));
        if (verb == "*") verb = route.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET";
        using var request = new HttpRequestMessage(new HttpMethod(verb), route);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (verb is not "GET") request.Content = JsonContent.Create(new { operationId = Guid.NewGuid(), approve = true, digest = "x", reason = "", token = GatewayHost.SignInToken });
        using var response = await host.Caller(key: null).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        var held = refused is { } status ? response.StatusCode == status : response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        Assert.True(held, $"{name} by {who} answered {(int)response.StatusCode}; its row in {nameof(Doors_Tests)} says {(refused is null ? "open" : (int)refused)}.");
        if (refused is not null) Assert.Null(response.Headers.Location); // programs are told, not led to a page
    }

    private static string Filled(Match hole) => hole.Value.Contains(":int", StringComparison.Ordinal) ? "1" : hole.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "none";

    private sealed record Door(bool ByAnybody, bool ByCallers, string[] Permissions);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Hole();
}
