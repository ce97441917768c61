using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Gateway.Audit;
using Gateway.Proof;
using Gateway.Storage;
using Gateway.Tests.Support;
using Gateway.Texts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Records;

/// <summary>Groups of entries are written past the mapper on SQLite, and are what the mapper would have written.</summary>
public sealed class Writers_Tests(SharedGateway shared)
{
    private static readonly string[] GivenOnSaving = [nameof(TrailEntry.Sequence), nameof(TrailEntry.Chain), nameof(TrailEntry.Position), nameof(TrailEntry.Hash)];

    [Fact]
    public async Task Both_writers_store_the_same()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var plain = Full("plain");
        var mapped = Full("mapped");
        await host.Services.GetRequiredService<SqliteTrailWriter>().WriteAsync([plain.Entry], [plain.Key, plain.Text]);
        await host.Services.GetRequiredService<MappedTrailWriter>().WriteAsync([mapped.Entry], [mapped.Key, mapped.Text]);

        var (one, other) = (await StoredAsync(host, "plain"), await StoredAsync(host, "mapped"));
        foreach (var property in typeof(TrailEntry).GetProperties().Where(p => !GivenOnSaving.Contains(p.Name)))
        {
            Assert.NotNull(property.GetValue(one.Entry)); // else it would say nothing
            Assert.Equal(Unnamed(property, other.Entry), Unnamed(property, one.Entry));
        }
        Assert.Equal((other.Key.Owner, other.Key.Class, other.Key.StoredAt, other.Key.MasterKey), (one.Key.Owner, one.Key.Class, one.Key.StoredAt, one.Key.MasterKey));
        Assert.Equal(other.Key.Wrapped, one.Key.Wrapped);
        Assert.Equal(other.Text.Sealed, one.Text.Sealed);
        var before = Assert.Single(await host.TrailAsync(e => e.Chain == one.Entry.Chain && e.Position == one.Entry.Position - 1));
        Assert.Equal(one.Entry.Hash, SHA256.HashData(TrailLine.Of(one.Entry, one.Entry.Chain!.Value, one.Entry.Position!.Value, before.Hash).Span));
    }

    [Fact]
    public async Task After_a_group_that_was_refused_the_next_one_goes_on_in_another_chain()
    {
        await using var host = await GatewayHost.StartAsync(shared.Upstream);
        var writer = host.Services.GetRequiredService<SqliteTrailWriter>();
        var failing = new FailingTrail(host);
        await writer.WriteAsync([Plain("first")], []);

        await failing.RefuseAsync();
        await Assert.ThrowsAsync<SqliteException>(() => writer.WriteAsync([Plain("refused")], []));
        await failing.TakeAgainAsync();
        await writer.WriteAsync([Plain("second"), Plain("third")], []);

        var entries = await host.TrailAsync(e => e.Actor == "writer");
        Assert.Equal(["first", "second", "third"], entries.Select(e => e.Kind));
        Assert.Equal([1L, 2], entries.Skip(1).Select(e => e.Position!.Value));
        Assert.Equal(entries[1].Chain, entries[2].Chain);
        Assert.NotEqual(entries[0].Chain, entries[1].Chain);
    }

    private static TrailEntry Plain(string kind) => new() { At = DateTimeOffset.UnixEpoch, Kind = kind, Actor = "writer" };

    /// <summary>Everything has a value, and of its own.</summary>
    private static (TrailEntry Entry, TextKey Key, SealedText Text) Full(string name)
    {
        var at = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 8, TimeSpan.FromHours(2)).AddTicks(12345);
        var entry = new TrailEntry { At = at, Kind = name, Actor = "a\0b" };
        foreach (var (n, property) in typeof(TrailEntry).GetProperties().Where(p => !GivenOnSaving.Contains(p.Name) && p.Name is not (nameof(TrailEntry.At) or nameof(TrailEntry.Kind) or nameof(TrailEntry.Actor))).Index())
            property.SetValue(entry, ValueOf(property, name, n));
        return (entry,
            new TextKey { Id = $"key-{name}", Owner = "Zürich", Class = TextClass.Masked, StoredAt = at, MasterKey = "m", Wrapped = [1, 2, 3] },
            new SealedText { Id = IdOf(name, 99), KeyId = $"key-{name}", Sealed = [0, 255, 7], StoredAt = at });
    }

    private static object ValueOf(PropertyInfo property, string name, int n) => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) switch
    {
        var type when type == typeof(string) => $"{name} '\" 東京 {n}",
        var type when type == typeof(int) => n,
        var type when type == typeof(double) => n + 0.1,
        var type when type == typeof(Guid) => IdOf(name, n),
        var type => throw new NotSupportedException($"{property.Name} is a {type.Name}."),
    };

    private static Guid IdOf(string name, int n) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}{n}")).AsSpan(0, 16));

    private static object? Unnamed(PropertyInfo property, TrailEntry entry) => property.GetValue(entry) switch
    {
        string text => text.Replace(entry.Kind, "", StringComparison.Ordinal),
        Guid => "an id",
        var other => other,
    };

    private static async Task<(TrailEntry Entry, TextKey Key, SealedText Text)> StoredAsync(GatewayHost host, string name) =>
        (Assert.Single(await host.TrailAsync(e => e.Kind == name)),
        await host.ReadAsync(store => store.Set<TextKey>().AsNoTracking().SingleAsync(key => key.Id == $"key-{name}")),
        await host.ReadAsync(store => store.Set<SealedText>().AsNoTracking().SingleAsync(text => text.KeyId == $"key-{name}")));
}
