using System.Collections.Concurrent;
using Contracts;
using Contracts.Api;
using Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApprovalsUI.Tests.Backend;

/// <summary>
/// Approvals and gateway as the console sees them, in memory but over real HTTP and a real hub. It keeps versions,
/// sequences and votes like the real ones and can be told to be slow, silent or refusing.
/// </summary>
public sealed class FakeBackend(TimeProvider clock) : IAsyncDisposable
{
    public const string SignInToken = "one-time-token";

    private readonly ConcurrentDictionary<string, ReviewDetail> reviews = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HubCallerContext, byte> connections = new();
    private readonly Lock gate = new();
    private WebApplication? host;
    private long sequence;

    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Null: this identity has no local people.</summary>
    public IReadOnlyList<PersonView>? People { get; set; } = Sample.People;
    public ConcurrentDictionary<string, PromptView> Prompts { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<(string Ticket, int Finding), string> Hidden { get; } = new();
    public ConcurrentQueue<CastVote> Votes { get; } = new();
    public ConcurrentQueue<BreakGlass> Glass { get; } = new();
    public ConcurrentQueue<string> Claims { get; } = new();
    public ConcurrentQueue<RevealFinding> Reveals { get; } = new();
    public ConcurrentQueue<EditPrompt> Edits { get; } = new();

    /// <summary>What the next edits meet instead of being taken.</summary>
    public ConcurrentQueue<Func<IResult>> EditAnswers { get; } = new();
    public ConcurrentQueue<PassReview> Passes { get; } = new();
    public ConcurrentQueue<AskCaller> Questions { get; } = new();

    /// <summary>Of reviews that are known to be like others.</summary>
    public ConcurrentDictionary<string, ReviewContext> Contexts { get; } = new(StringComparer.Ordinal);
    public ConcurrentQueue<string> TrailQueries { get; } = new();
    public ConcurrentQueue<string> SignOuts { get; } = new();
    public ConcurrentQueue<string?> AccessQueries { get; } = new();

    /// <summary>Null: refused.</summary>
    public AccessView? Access { get; set; }
    public List<TrailEntryView> Trail { get; } = [];
    public IReadOnlyList<AlertView> Alerts { get; set; } = [];
    public int AlertQueries { get; set; }
    public FakePolicies Policies { get; } = new();
    public FakeKeys Keys { get; } = new(clock);
    public FakeGrants Grants { get; } = new(clock);
    public FakeRecords Records { get; } = new(clock);
    public FakeOverview Overview { get; } = new();
    public FakeKnown Known { get; } = new(clock);

    /// <summary>What the next votes meet instead of being counted.</summary>
    public ConcurrentQueue<Func<IResult>> VoteAnswers { get; } = new();
    public bool RefuseTokens { get; set; }
    public bool Down { get; set; }

    /// <summary>Whose tokens count; not all of them are offered for signing in.</summary>
    private static IEnumerable<PersonView> Everybody => [.. Sample.People, Sample.Ada, Sample.Noor, Sample.Dana];

    public async Task<FakeBackend> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.ConfigureHttpJsonOptions(json => JsonWire.Configure(json.SerializerOptions));
        builder.Services.AddSignalR().AddJsonProtocol(json => JsonWire.Configure(json.PayloadSerializerOptions));
        builder.Services.AddSingleton(this);
        host = builder.Build();
        host.Use(CheckCaller);
        host.MapHub<FeedHub>("/hubs/reviews");
        host.MapGet("/api/sessions/people", () => People is null ? Results.NotFound() : Results.Ok(People));
        host.MapPost("/api/sessions", SignIn);
        this.MapReviews(host);
        this.MapGateway(host);
        this.MapAlerts(host);
        Policies.Map(host);
        Keys.Map(host);
        Grants.Map(host);
        Records.Map(host);
        Overview.Map(host);
        Known.Map(host);
        await host.StartAsync();
        var addresses = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        Url = new Uri(addresses!.Addresses.First()); // The server has started, so it has addresses.
        return this;
    }

    public IReadOnlyCollection<ReviewDetail> Reviews => [.. reviews.Values];

    public long Sequence => Interlocked.Read(ref sequence);

    public ReviewDetail? Find(string id) => reviews.GetValueOrDefault(id);

    /// <summary>A new or changed review, pushed to every console unless the push is lost.</summary>
    public Task<ReviewDetail> PutAsync(ReviewDetail review, bool pushLost = false) => PutAsync(review.Summary.Id, _ => review, pushLost);

    /// <summary>One change at a time: of two at once neither undoes the other.</summary>
    private async Task<ReviewDetail> PutAsync(string id, Func<ReviewDetail?, ReviewDetail> change, bool pushLost)
    {
        ReviewDetail review;
        lock (gate)
        {
            var before = reviews.GetValueOrDefault(id);
            review = change(before);
            review = review with { Summary = review.Summary with { Version = (before?.Summary.Version ?? 0) + 1, Sequence = ++sequence } };
            reviews[id] = review;
        }

        if (!pushLost)
        {
            await PushAsync(review.Summary);
        }

        return review;
    }

    /// <summary>What the hub says, true or not.</summary>
    public Task PushAsync(ReviewSummary review) =>
        host?.Services.GetRequiredService<IHubContext<FeedHub, IReviewFeed>>().Clients.All.ReviewChanged(review) ?? Task.CompletedTask;

    public Task<ReviewDetail> ChangeAsync(string id, Func<ReviewSummary, ReviewSummary> change, bool pushLost = false) =>
        ChangeDetailAsync(id, review => review with { Summary = change(review.Summary) }, pushLost);

    public Task<ReviewDetail> ChangeDetailAsync(string id, Func<ReviewDetail, ReviewDetail> change, bool pushLost = false) =>
        PutAsync(id, review => change(review ?? throw new ArgumentException($"There is no review {id}.", nameof(id))), pushLost);

    /// <summary>Another text in the place of the one that waits, as the gateway answers and the review hears of it.</summary>
    public PromptView Edit(string ticket, EditPrompt edit, PersonRef person)
    {
        var before = Prompts[ticket];
        var number = (before.Edit?.Number ?? 0) + 1;
        var parts = before.Parts.Select(part => edit.Parts.FirstOrDefault(changed => changed.Path == part.Path) is { } changed ? part with { Runs = [new(changed.Text, null, false)] } : part).ToList();
        var changes = edit.Parts.Select(changed => new PartChange(changed.Path, [new DiffLine("removed", "before"), new DiffLine("added", changed.Text)])).ToList();
        var after = before with
        {
            Digest = $"{before.Digest}+{number}", Model = edit.Model ?? before.Model, Parts = parts,
            Edit = new PromptEdit(number, person, Now, before.Edit?.ModelBefore ?? before.Model, changes, [], []),
        };
        Prompts[ticket] = after;
        _ = ChangeDetailAsync(ticket, review => review with { Digest = after.Digest, Edition = number, Findings = [], Votes = [] });
        return after;
    }

    public static PersonView Caller(HttpContext context) =>
        Everybody.First(person => context.Request.Headers.Authorization.ToString().EndsWith(person.Subject, StringComparison.Ordinal));

    /// <summary>Every console loses its line, as when a process is stopped.</summary>
    public void DropConnections()
    {
        foreach (var connection in connections.Keys)
        {
            connections.TryRemove(connection, out _);
            connection.Abort();
        }
    }

    public DateTimeOffset Now => clock.GetUtcNow();

    private IResult SignIn(SignIn signIn)
    {
        var people = People ?? Sample.People;
        var person = signIn.Person is null ? people[0] : people.FirstOrDefault(person => person.Subject == signIn.Person);
        return signIn.Token == SignInToken && person is not null
            ? Results.Ok(new Session(Sample.TokenOf(person), person, Now.AddHours(8)))
            : Results.Unauthorized();
    }

    private Task CheckCaller(HttpContext context, RequestDelegate next)
    {
        var anonymous = context.Request.Path.StartsWithSegments("/api/sessions", StringComparison.Ordinal);
        var bearer = context.Request.Headers.Authorization.ToString();
        var known = !RefuseTokens && Everybody.Any(person => bearer == $"Bearer {Sample.TokenOf(person)}");
        context.Response.StatusCode = Down ? StatusCodes.Status503ServiceUnavailable : anonymous || known ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        return context.Response.StatusCode == StatusCodes.Status200OK ? next(context) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            using var hurry = new CancellationTokenSource(0);
            await host.StopAsync(hurry.Token);
            await host.DisposeAsync();
        }
    }

    private sealed class FeedHub(FakeBackend backend) : Hub<IReviewFeed>
    {
        public override Task OnConnectedAsync()
        {
            backend.connections.TryAdd(Context, 0);
            return base.OnConnectedAsync();
        }
    }
}
