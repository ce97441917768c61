using System.Data.Common;
using System.IO.Compression;
using Gateway.Evidence;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Shell;

/// <summary>
/// <c>audit verify [--key FILE]… [--anchor FILE]</c> checks the trail of this gateway's store, <c>audit verify BUNDLE --key FILE</c>
/// an exported one, <c>audit export</c> exports; <c>audit key</c> shows the public
/// key that its checkpoints are signed with, for whoever checks them elsewhere; <c>audit new-key</c> makes a private one.
/// Ends with 0, with 1 where the trail is broken, with 2 where it was asked wrongly.
/// </summary>
internal static class AuditCommand
{
    private const int Broken = 1;
    private const int AskedWrongly = 2;

    /// <param name="compose">Makes the gateway whose store is looked at.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter output, Func<WebApplication> compose)
    {
        try
        {
            return args switch
            {
                ["verify", .. var how] when AuditArguments.Read(how) is { } arguments => await VerifyAsync(arguments, output, compose),
                ["export", .. var what] when ExportArguments.Read(what) is { } arguments => await ExportAsync(arguments, output, compose),
                ["key"] => await ShowKeyAsync(output, compose),
                ["new-key"] => NewKey(output),
                _ => Usage(output),
            };
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or SigningKeyException or InvalidDataException)
        {
            output.WriteLine(wrong.Message);
            return AskedWrongly;
        }
        catch (Exception refused) when (StartRefusal.ReasonsOf(refused) is { } reasons)
        {
            foreach (var reason in reasons) output.WriteLine(reason);
            return AskedWrongly;
        }
        catch (Exception away) when (away is DbException or DbUpdateException or TimeoutException)
        {
            output.WriteLine($"This gateway's store cannot be read: {away.Message}");
            return AskedWrongly;
        }
    }

    private static async Task<int> VerifyAsync(AuditArguments arguments, TextWriter output, Func<WebApplication> compose)
    {
        var keys = arguments.KeyFiles.Select(file => SigningKey.FromPem(SigningKey.TextOf(file))).ToList();
        if (arguments.Bundle is { } file) return await VerifyBundleAsync(file, keys, output);
        await using var gateway = compose();
        if (keys.Count == 0) keys.Add(SigningKey.FromPem(gateway.Services.GetRequiredService<CheckpointSigner>().PublicPem));
        var stores = gateway.Services.GetRequiredService<IDbContextFactory<GatewayStore>>();
        var report = await new TrailVerifier(new LiveTrail(stores), keys).RunAsync(CancellationToken.None);
        if (arguments.AnchorFile is { } anchor) await Anchors.CheckAsync(File.ReadLinesAsync(anchor), stores, report, CancellationToken.None);
        return Tell(report, output);
    }

    private static async Task<int> VerifyBundleAsync(string file, List<SigningKey> keys, TextWriter output)
    {
        if (keys.Count == 0)
        {
            output.WriteLine("Which key do you trust? Give the public key of whoever runs the gateway with --key FILE; those in the bundle prove nothing by themselves.");
            return AskedWrongly;
        }
        await using var bundle = await ZipFile.OpenReadAsync(file);
        var (manifest, trail) = EvidenceFiles.Read(bundle);
        var report = await new TrailVerifier(trail, keys).RunAsync(CancellationToken.None);
        if (manifest is { Whole: true, To: { } to } && (report.Until is null || report.Until < to))
            report.Add(new TrailFault(FaultKind.CutOff, $"The bundle is to reach until {to:u}, and its last checkpoint is of {report.Until:u}: its end was cut off."));
        output.WriteLine($"{manifest.Title}: {(manifest.Whole ? "every entry of its checkpoints" : "the entries that belong to it; that there are no others is not proven")}.");
        return Tell(report, output);
    }

    private static async Task<int> ExportAsync(ExportArguments arguments, TextWriter output, Func<WebApplication> compose)
    {
        await using var gateway = compose();
        await using var file = new FileStream(arguments.Out, FileMode.CreateNew, FileAccess.Write);
        await using (var store = await gateway.Services.GetRequiredService<IDbContextFactory<GatewayStore>>().CreateDbContextAsync())
        {
            store.Add(EvidenceWriter.Taken(arguments.Scope, "shell", Environment.UserName, "audit export", TimeProvider.System.GetUtcNow()));
            await store.SaveChangesAsync();
        }
        var entries = await gateway.Services.GetRequiredService<EvidenceWriter>().WriteAsync(arguments.Scope, file, CancellationToken.None);
        output.WriteLine($"{arguments.Scope.Title}: {entries:N0} entries in {arguments.Out}. Check it with: audit verify {arguments.Out} --key FILE");
        return 0;
    }

    private static async Task<int> ShowKeyAsync(TextWriter output, Func<WebApplication> compose)
    {
        await using var gateway = compose();
        output.WriteLine(gateway.Services.GetRequiredService<CheckpointSigner>().PublicPem);
        return 0;
    }

    private static int NewKey(TextWriter output)
    {
        output.WriteLine(SigningKey.Make());
        return 0;
    }

    private static int Tell(TrailReport report, TextWriter output)
    {
        foreach (var fault in report.Faults) output.WriteLine(fault.Says);
        if (report.FaultCount > report.Faults.Count) output.WriteLine($"… and {report.FaultCount - report.Faults.Count:N0} more.");
        output.WriteLine($"{report.Proven:N0} entries in {report.Chains:N0} chain(s) are as {report.Checkpoints:N0} checkpoint(s) signed them{Span(report)}.");
        if (report.Unsigned > 0) output.WriteLine($"{report.Unsigned:N0} newer ones fit their chains; the next checkpoint signs them.");
        if (report.LeftOut > 0) output.WriteLine($"{report.LeftOut:N0} entries of these checkpoints are not in here.");
        if (report.Unchained > 0) output.WriteLine($"{report.Unchained:N0} entries are from before there were chains; nothing proves them.");
        if (report.Keys.Count > 0) output.WriteLine($"Signed with: {string.Join(", ", report.Keys)}");
        output.WriteLine(report.Sound ? "The trail is whole." : $"The trail is broken: {report.FaultCount:N0} fault(s).");
        return report.Sound ? 0 : Broken;
    }

    private static string Span(TrailReport report) => report.Until is { } until ? $", the first at {report.From:u}, the last, number {report.LastCheckpoint}, at {until:u}" : "";

    private static int Usage(TextWriter output)
    {
        output.WriteLine("audit verify [--key FILE]... [--anchor FILE]   checks this gateway's trail; keys: public, in PEM (else the gateway's own);");
        output.WriteLine("                                               anchor: checkpoints that were sent elsewhere, one in a line");
        output.WriteLine("audit verify BUNDLE --key FILE...               checks an exported bundle, without a gateway or a database");
        output.WriteLine("audit export --from TIME --to TIME [--person SUBJECT] --out FILE");
        output.WriteLine("audit export --case ID --out FILE              a bundle of evidence: of a period, of a person in it, of a ticket or interaction");
        output.WriteLine("audit key                                      the public key that checkpoints are signed with");
        output.WriteLine("audit new-key                                  a new private key, for Proof:SigningKey");
        return AskedWrongly;
    }
}
