using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using WholePath.Support;

[assembly: AssemblyFixture(typeof(WholePath.Matrix.ClientMatrix))]

namespace WholePath.Matrix;

/// <summary>
/// Runs every cell once: real clients, each language in a process of its own → a tap that counts → the product → a scripted
/// model. Clocks are shortened by settings of the product and of the clients, never by standing in for either.
/// </summary>
public sealed class ClientMatrix : IAsyncDisposable
{
    /// <summary>Far over anything that can happen in a cell: who waits longer is stuck.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(120);

    private readonly Lazy<Task<IReadOnlyDictionary<Cell, Observation>>> run;
    private readonly ConcurrentBag<IAsyncDisposable> open = [];

    // All set at the start of the run.
    private ScriptedModel model = null!;
    private Tap tap = null!;
    private House patient = null!, brisk = null!, expiring = null!;
    private ClientProcess typeScript = null!, dotNet = null!;
    private Victims typeScriptVictims = null!, dotNetVictims = null!;

    public ClientMatrix() => run = new(RunAsync);

    internal Task<IReadOnlyDictionary<Cell, Observation>> ResultsAsync() => run.Value;

    internal TimeSpan Took { get; private set; }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in open) await part.DisposeAsync();
    }

    private async Task<IReadOnlyDictionary<Cell, Observation>> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await OpenAsync();
        // Cells that only wait cost nothing; clients in a hurry need a machine that is not busy, so they come last.
        var idle = Cell.All.Where(c => Turn(c) == 0).Select(ObserveAsync).ToList();
        var busy = await InTurnAsync(Cell.All.Where(c => Turn(c) == 1), 24);
        var hurried = await InTurnAsync(Cell.All.Where(c => Turn(c) == 2), 6);
        Observation[] results = [.. await Task.WhenAll(idle), .. busy, .. hurried];
        await Task.WhenAll(results.Select(CountAsync));
        Took = Stopwatch.GetElapsedTime(started);
        return results.ToDictionary(result => result.Cell);
    }

    private async Task OpenAsync()
    {
        model = Keep(await ScriptedModel.StartAsync());
        tap = Keep(await Tap.StartAsync());
        var houses = await Task.WhenAll(
            // Holds longer than any client waits that was told to hurry.
            House.OpenAsync(model, Cell.Clients.Keys, ("Parking:LongestHold", "00:01:00"), ("Parking:StreamGrace", "00:00:30")),
            // Answers 408, and opens streams, before any client loses patience.
            House.OpenAsync(model, Cell.Clients.Keys, ("Parking:LongestHold", "00:00:04"), ("Parking:StreamGrace", "00:00:00.5"), ("Parking:KeepAlive", "00:00:01"), ("Parking:LongestStream", "00:00:12")),
            House.OpenAsync(model, Cell.Clients.Keys, ("Policy:Deadline", "00:00:10"), ("Parking:LongestHold", "00:01:00"), ("Parking:StreamGrace", "00:00:00.5"), ("Parking:KeepAlive", "00:00:01")));
        (patient, brisk, expiring) = (Keep(houses[0]), Keep(houses[1]), Keep(houses[2]));
        (typeScript, dotNet) = (Keep(ClientProcess.TypeScript()), Keep(ClientProcess.DotNet()));
        var killed = Cell.All.Where(c => c.Situation == Situation.KilledAndRepeated).ToLookup(c => c.IsDotNet);
        typeScriptVictims = Keep(new Victims(ClientProcess.TypeScript(), killed[false].Count()));
        dotNetVictims = Keep(new Victims(ClientProcess.DotNet(), killed[true].Count()));
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        open.Add(part);
        return part;
    }

    private static int Turn(Cell cell) => cell.Situation switch
    {
        Situation.NeverDecided or Situation.Expired or Situation.KilledAndRepeated => 0,
        Situation.DecidedAfterTheClientsTimeout => 2,
        _ => 1,
    };

    private async Task<IReadOnlyCollection<Observation>> InTurnAsync(IEnumerable<Cell> cells, int atOnce)
    {
        var observations = new ConcurrentBag<Observation>();
        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (cell, _) => observations.Add(await ObserveAsync(cell)));
        return observations;
    }

    private async Task<Observation> ObserveAsync(Cell cell)
    {
        var house = HouseOf(cell);
        model.Expect(cell.Key, cell.Situation == Situation.UpstreamFailed ? Script.Fail : cell.CallsTool ? Script.CallTool : Script.Answer);
        var (url, traffic) = tap.Open(cell.Key, house.Product.Url);
        var observation = new Observation { Cell = cell, Traffic = traffic };
        try
        {
            var call = CallOf(cell, url);
            var reply = cell.Situation == Situation.KilledAndRepeated ? DieAndRepeatAsync(cell, call, house, traffic) : SurvivorsOf(cell).CallAsync(call);
            var review = await Task.WhenAny(DecideAsync(cell, house, traffic), NoneAfter(reply)).Unwrap().WaitAsync(Stuck);
            return observation with { Reply = await reply.WaitAsync(Stuck), Ticket = review };
        }
        catch (Exception fault) when (fault is TimeoutException or ClientEndedException or HttpRequestException)
        {
            return observation with { Fault = fault.ToString() };
        }
    }

    /// <summary>A reply that comes before anybody could decide ends the waiting for a review.</summary>
    private static async Task<string> NoneAfter(Task reply)
    {
        await reply;
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        throw new TimeoutException("The client has its reply, but no review was ever seen.");
    }

    /// <returns>The ticket, which is also its review's id.</returns>
    private static async Task<string> DecideAsync(Cell cell, House house, Traffic traffic)
    {
        var review = await house.Desk.ReviewOfAsync(cell.Key);
        switch (cell.Situation)
        {
            case Situation.DecidedInsideTheHold:
                await house.Desk.ApproveAsync(review);
                break;
            case Situation.DecidedAfterTheHold or Situation.UpstreamFailed:
                if (cell.Streams) await traffic.Opened.Task;
                else if (cell.Situation is Situation.DecidedAfterTheHold) await traffic.FirstEnded.Task;
                await house.Desk.ApproveAsync(review);
                break;
            case Situation.DecidedAfterTheClientsTimeout or Situation.KilledAndRepeated:
                await traffic.FirstEnded.Task;
                await house.Desk.ApproveAsync(review);
                break;
            case Situation.RejectedBeforeHeaders:
                await house.Desk.RejectAsync(review, Observation.Reason);
                break;
            case Situation.RejectedLater:
                await (cell.Streams ? traffic.Opened : traffic.FirstEnded).Task;
                await house.Desk.RejectAsync(review, Observation.Reason);
                break;
            case Situation.Expired or Situation.NeverDecided:
                break;
            default:
                throw new UnreachableException();
        }
        return review;
    }

    private async Task<ClientReply> DieAndRepeatAsync(Cell cell, ClientCall call, House house, Traffic traffic)
    {
        var victims = cell.IsDotNet ? dotNetVictims : typeScriptVictims;
        var last = victims.CallAsync(call);
        await house.Desk.ReviewOfAsync(cell.Key);
        await victims.DieTogetherAsync();
        await Assert.ThrowsAsync<ClientEndedException>(() => last);
        await traffic.FirstEnded.Task;
        return await SurvivorsOf(cell).CallAsync(call);
    }

    /// <summary>At the very end, so that whatever was opened or sent too often has had time to show.</summary>
    private async Task CountAsync(Observation observation)
    {
        var key = observation.Cell.Key;
        observation.Executions = model.ExecutionsOf(key);
        observation.Reviews = (await HouseOf(observation.Cell).Desk.AllOfAsync(key)).Count;
        if (observation.Ticket is null) return;
        using var caller = HouseOf(observation.Cell).CallerNamed(observation.Cell.Client);
        var ticket = await caller.GetFromJsonAsync<JsonElement>($"/v1/approvals/{observation.Ticket}", JsonWire.Options);
        observation.Joins = ticket.GetProperty("joins").GetInt32();
    }

    private static ClientCall CallOf(Cell cell, string url) => new()
    {
        Id = cell.Key, Client = cell.Client, Url = url, Key = House.KeyOf(cell.Client), Prompt = Prompts.Risky($"cell {cell.Key}"),
        Stream = cell.Streams, Tool = cell.CallsTool, Responses = cell.IsResponses,
        // Clients that tell their time-out are answered before it, if it is a second or more; to see one hang up takes less.
        TimeoutMs = cell.Situation == Situation.DecidedAfterTheClientsTimeout ? cell.Client == "openai-net" ? 2_000 : 900 : null,
    };

    private House HouseOf(Cell cell) => cell.Situation switch
    {
        Situation.Expired => expiring,
        Situation.DecidedAfterTheHold or Situation.RejectedLater or Situation.NeverDecided => brisk,
        Situation.UpstreamFailed when cell.Streams => brisk,
        _ => patient,
    };

    private ClientProcess SurvivorsOf(Cell cell) => cell.IsDotNet ? dotNet : typeScript;
}
