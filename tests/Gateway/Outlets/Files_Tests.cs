using Gateway.Outlets;
using Gateway.Proof;
using Gateway.Shell;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Outlets;

/// <summary>The trail as files on a disk.</summary>
public sealed class Files_Tests(SharedGateway shared) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outlet-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File0 => Path.Combine(folder, "siem", "trail.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Every_entry_and_checkpoint_is_a_line_in_order_and_proves_itself()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0)));
        await host.SignSomeAsync(0, 3);
        await host.SignSomeAsync(3, 1300); // more than one batch
        await host.SignSomeAsync(1303, 5);

        await host.CaughtUpAsync();
        var lines = await File.ReadAllLinesAsync(File0, Ct);

        Assert.Equal(await host.OrderAsync(), host.CheckAll(lines));
        Assert.InRange(lines.Length, 1308 + 3, 1320); // and what a gateway records when it starts
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File0));
        Assert.DoesNotContain(host.Logs.All, line => line.Contains("utlet", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Entries", OutletContent.Entries), InlineData("Checkpoints", OutletContent.Checkpoints)]
    public async Task An_outlet_sends_only_what_it_is_set_to(string send, object content)
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0), ("Send", send)));
        await host.SignSomeAsync(0, 4);
        await host.SignSomeAsync(4, 4);

        await host.CaughtUpAsync();

        Assert.Equal(await host.OrderAsync((OutletContent)content), host.CheckAll(await File.ReadAllLinesAsync(File0, Ct)));
    }

    [Fact]
    public async Task An_outlet_from_now_on_leaves_out_what_was_signed_before()
    {
        var (host, before) = await StartLaterAsync(("From", "Now"));
        await using var running = host;
        await host.SignSomeAsync(4, 4);

        await host.CaughtUpAsync();

        var sent = host.CheckAll(await File.ReadAllLinesAsync(File0, Ct));
        Assert.InRange(sent.Count, 5, 10);
        Assert.Equal((await host.OrderAsync())[^sent.Count..], sent);
        Assert.Empty(sent.Intersect(before));
    }

    [Fact]
    public async Task An_outlet_from_the_beginning_catches_up_with_what_was_signed_before_it_was_set()
    {
        var (host, before) = await StartLaterAsync();
        await using var running = host;

        await host.CaughtUpAsync();

        var sent = host.CheckAll(await File.ReadAllLinesAsync(File0, Ct));
        Assert.Equal(await host.OrderAsync(), sent);
        Assert.Equal(before, sent[..before.Count]);
    }

    [Fact]
    public async Task Files_are_as_large_as_set_and_hold_every_line_between_them()
    {
        const int largest = 8192;
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0), ("LargestFile", $"{largest}"), ("KeepFiles", "100")));
        for (var part = 0; part < 6; part++) await host.SignSomeAsync(part * 20, 20);

        await host.CaughtUpAsync();
        var files = Directory.GetFiles(Path.GetDirectoryName(File0)!).OrderByDescending(file => file == File0 ? 0 : int.Parse(file.Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.InRange(files.Count, 5, 100);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, largest));
        Assert.Equal(await host.OrderAsync(), host.CheckAll(files.SelectMany(File.ReadAllLines)));
    }

    [Fact]
    public async Task Older_files_go_when_there_are_more_than_are_to_be_kept()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0), ("LargestFile", "4096"), ("KeepFiles", "2")));
        for (var part = 0; part < 4; part++) await host.SignSomeAsync(part * 20, 20);

        await host.CaughtUpAsync();

        Assert.Equal([File0, $"{File0}.1", $"{File0}.2"], Directory.GetFiles(Path.GetDirectoryName(File0)!).Order());
        var order = await host.OrderAsync();
        var kept = host.CheckAll(((string[])[$"{File0}.2", $"{File0}.1", File0]).SelectMany(File.ReadAllLines));
        Assert.Equal(order[^kept.Count..], kept);
    }

    [Fact]
    public async Task Half_a_line_that_a_crash_left_does_not_run_into_the_next()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File0)!);
        await File.WriteAllTextAsync(File0, """{"type":"entry","hash":"ab""", Ct);
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0)));
        await host.SignSomeAsync(0, 4);

        await host.CaughtUpAsync();

        Assert.Equal(await host.OrderAsync(), host.CheckAll((await File.ReadAllLinesAsync(File0, Ct))[1..]));
    }

    [Fact]
    public async Task While_another_process_writes_the_file_nothing_is_written_into_it_and_then_everything_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File0)!);
        var another = new FileStream(File0, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0)));
        await host.SignSomeAsync(0, 4);
        await Eventually.TrueAsync(() => Task.FromResult(host.Logs.All.Count(line => line.Contains("Outlet siem did not get through", StringComparison.Ordinal)) > 1), "attempts that failed");
        Assert.Equal((0, 0), (another.Length, (await host.CursorAsync()).Checkpoint));
        await another.DisposeAsync();

        await host.CaughtUpAsync();

        Assert.Equal(await host.OrderAsync(), host.CheckAll(await File.ReadAllLinesAsync(File0, Ct)));
    }

    [Fact]
    public async Task An_end_that_was_cut_off_the_trail_with_all_that_tells_of_it_is_found_by_the_file()
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        await using (var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0)), data: data))
        {
            await host.SignSomeAsync(0, 10);
            await host.SignSomeAsync(10, 10);
            await host.CaughtUpAsync();
        }
        Assert.Equal((0, true), await VerifyAsync(data));

        await using (var host = await GatewayHost.StartAsync(shared.Upstream, data: data)) await CutOffAsync(host);

        var (code, output) = await RunAsync(data, "verify"); // nothing in the store tells of it
        Assert.True(code == 0, output);
        (code, output) = await RunAsync(data, "verify", "--anchor", File0);
        Assert.Equal(1, code);
        Assert.Contains("its end was cut off", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_outlet_says_that_the_end_was_cut_off_and_sends_what_comes_instead()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", ("Path", File0)));
        await host.SignSomeAsync(0, 10);
        await host.SignSomeAsync(10, 10);
        await host.CaughtUpAsync();
        var before = host.CheckAll(await File.ReadAllLinesAsync(File0, Ct));

        var last = await host.ReadAsync(store => store.Set<Checkpoint>().AsNoTracking().OrderBy(c => c.Number).LastAsync());
        await host.ReadAsync(store => store.Set<Checkpoint>().Where(c => c.Number == last.Number).ExecuteDeleteAsync());
        await Eventually.TrueAsync(() => Task.FromResult(host.Logs.All.Any(line => line.Contains($"the trail ends with {last.Number - 1}.", StringComparison.Ordinal))), "an alarm");
        foreach (var range in CheckpointStatement.Read(last.Line)!.Ranges)
            await host.ReadAsync(store => store.Set<TrailChain>().Where(c => c.Id == range.Chain).ExecuteUpdateAsync(set => set.SetProperty(c => c.Covered, range.From - 1)));
        Assert.NotNull(await host.Checkpoints().MakeAsync(Ct));
        await host.CaughtUpAsync();

        Assert.Equal([.. before, .. before[^11..]], host.CheckAll(await File.ReadAllLinesAsync(File0, Ct)));
        Assert.Contains(host.Logs.All, line => line.Contains("does not follow the one that was sent before it", StringComparison.Ordinal));
    }

    private async Task<(GatewayHost Host, List<string> Before)> StartLaterAsync(params (string, string)[] settings)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        List<string> before;
        await using (var first = await GatewayHost.StartAsync(shared.Upstream, data: data))
        {
            await first.SignSomeAsync(0, 4);
            before = await first.OrderAsync();
        }
        var host = await GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("File", [("Path", File0), .. settings]), data: data);
        await Eventually.TrueAsync(() => host.ReadAsync(store => store.Set<OutletCursor>().AnyAsync()), "a cursor");
        return (host, before);
    }

    /// <summary>As somebody does who knows how it is stored: entries, checkpoints and chains all say that it ended before.</summary>
    private static async Task CutOffAsync(GatewayHost host)
    {
        await using var store = await host.StoreAsync();
        var last = await store.Set<Checkpoint>().MaxAsync(c => c.Number, Ct);
        await store.Set<Checkpoint>().Where(c => c.Number == last).ExecuteDeleteAsync(Ct);
        var kept = await store.Set<Checkpoint>().AsNoTracking().OrderBy(c => c.Number).Select(c => c.Line).ToListAsync(Ct);
        var ends = kept.SelectMany(line => CheckpointStatement.Read(line)!.Ranges).GroupBy(range => range.Chain).ToDictionary(group => group.Key, group => group.Last());
        foreach (var chain in await store.Set<TrailChain>().AsNoTracking().ToListAsync(Ct))
        {
            var end = ends.GetValueOrDefault(chain.Id);
            var to = end?.To ?? 0;
            await store.Set<Gateway.Audit.TrailEntry>().Where(e => e.Chain == chain.Id && e.Position > to).ExecuteDeleteAsync(Ct);
            if (end is null) await store.Set<TrailChain>().Where(c => c.Id == chain.Id).ExecuteDeleteAsync(Ct);
            else await store.Set<TrailChain>().Where(c => c.Id == chain.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, to).SetProperty(c => c.Covered, to).SetProperty(c => c.Head, Convert.FromHexString(end.Hash)), Ct);
        }
    }

    private async Task<(int Code, bool Whole)> VerifyAsync(string data)
    {
        var (code, output) = await RunAsync(data, "verify", "--anchor", File0);
        return (code, output.Contains("The trail is whole.", StringComparison.Ordinal));
    }

    private async Task<(int Code, string Output)> RunAsync(string data, params string[] args)
    {
        await using var output = new StringWriter();
        return (await AuditCommand.RunAsync(args, output, () => GatewayHost.Build(shared.Upstream, data)), output.ToString());
    }
}
