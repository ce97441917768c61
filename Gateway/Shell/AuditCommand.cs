using System.Data.Common;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Shell;

/// <summary>
/// <c>audit verify [--key FILE]… [--anchor FILE]</c> checks the trail of this gateway's store; <c>audit key</c> shows the public
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
                ["key"] => await ShowKeyAsync(output, compose),
                ["new-key"] => NewKey(output),
                _ => Usage(output),
            };
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or SigningKeyException)
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
        await using var gateway = compose();
        if (keys.Count == 0) keys.Add(SigningKey.FromPem(gateway.Services.GetRequiredService<CheckpointSigner>().PublicPem));
        var stores = gateway.Services.GetRequiredService<IDbContextFactory<GatewayStore>>();
        var report = await new TrailVerifier(new LiveTrail(stores), keys).RunAsync(CancellationToken.None);
        if (arguments.AnchorFile is { } anchor) await Anchors.CheckAsync(File.ReadLinesAsync(anchor), stores, report, CancellationToken.None);
        return Tell(report, output);
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
        output.WriteLine("audit key                                      the public key that checkpoints are signed with");
        output.WriteLine("audit new-key                                  a new private key, for Proof:SigningKey");
        return AskedWrongly;
    }
}
