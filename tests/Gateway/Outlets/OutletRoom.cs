using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Audit;
using Gateway.Outlets;
using Gateway.Proof;
using Gateway.Proof.Verification;
using Gateway.Tests.Proof;
using Gateway.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Outlets;

/// <summary>Gateways with outlets, and what a receiver can check for itself.</summary>
internal static class OutletRoom
{
    public const string Secret = "whsec_b3V0bGV0LXNlY3JldC0wMTIzNDU2Nzg5";

    public static Dictionary<string, string?> Outlet(string kind, params IEnumerable<(string Setting, string Value)> settings)
    {
        var all = new Dictionary<string, string?> { ["Outlets:0:Name"] = "siem", ["Outlets:0:Kind"] = kind, ["Outlets:0:FirstBackoff"] = "00:00:00.1", ["Webhooks:AllowPrivate"] = "true" };
        foreach (var (setting, value) in settings) all[$"Outlets:0:{setting}"] = value;
        return all;
    }

    /// <summary>Some entries of every shape, signed.</summary>
    public static async Task SignSomeAsync(this GatewayHost host, int from, int count)
    {
        await host.AppendAsync(Enumerable.Range(from, count).Select(TrailWriter.Entry));
        Assert.NotNull(await host.Checkpoints().MakeAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What has to arrive, in this order.</summary>
    public static Task<List<string>> OrderAsync(this GatewayHost host, OutletContent content = OutletContent.Both) => host.ReadAsync(async store =>
    {
        var order = new List<string>();
        foreach (var checkpoint in await store.Set<Checkpoint>().AsNoTracking().OrderBy(c => c.Number).ToListAsync())
        {
            foreach (var range in CheckpointStatement.Read(checkpoint.Line)!.Ranges)
            {
                for (var position = range.From; position <= range.To && content != OutletContent.Checkpoints; position++) order.Add($"{range.Chain:N}/{position}");
            }
            if (content != OutletContent.Entries) order.Add($"checkpoint/{checkpoint.Number}");
        }
        return order;
    });

    public static Task<OutletCursor> CursorAsync(this GatewayHost host, string name = "siem") => host.ReadAsync(store => store.Set<OutletCursor>().AsNoTracking().SingleAsync(c => c.Name == name));

    /// <summary>Waits until the outlet has moved past everything that is signed.</summary>
    public static Task CaughtUpAsync(this GatewayHost host, string name = "siem") => Eventually.TrueAsync(
        () => host.ReadAsync(async store => await store.Set<OutletCursor>().AnyAsync(c => c.Name == name && c.Checkpoint == store.Set<Checkpoint>().Max(last => last.Number))), $"outlet {name} has sent everything");

    /// <summary>What a line is about; checked with nothing but the line itself and the public key.</summary>
    public static string Check(string line, SigningKey key)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        switch (root.GetProperty("type").GetString())
        {
            case "entry":
                var entry = root.GetProperty("entry");
                Assert.Equal(root.GetProperty("hash").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(entry.GetRawText()))));
                return $"{entry.GetProperty("chain").GetString()}/{entry.GetProperty("position").GetInt64()}";
            case "checkpoint":
                var statement = root.GetProperty("line").GetString()!;
                Assert.Contains(root.GetProperty("signatures").EnumerateArray(), signature => key.Verifies(Encoding.UTF8.GetBytes(statement), Convert.FromBase64String(signature.GetProperty("signature").GetString()!)));
                return $"checkpoint/{CheckpointStatement.Read(statement)!.Number}";
            default:
                return line;
        }
    }

    public static List<string> CheckAll(this GatewayHost host, IEnumerable<string> lines)
    {
        using var key = host.Key();
        return [.. lines.Select(line => Check(line, key))];
    }
}
