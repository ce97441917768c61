using System.Text.RegularExpressions;
using CsCheck;
using Gateway.Identity;
using Gateway.Keys;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Callers;

public sealed partial class KeyText_Tests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_key_is_well_formed_and_no_two_are_the_same()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => KeyText.New()).ToList();

        Assert.All(keys, key => Assert.True(KeyText.IsWellFormed(key) && Scanner().IsMatch(key)));
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public async Task Every_change_of_one_character_is_refused_without_a_look_up()
    {
        var issued = new IssuedKeys(new NoStore(), new RightsByGroup(Options.Create(new CallerRightList())), TimeProvider.System, NullLogger<IssuedKeys>.Instance);
        await Gen.Select(Gen.Bool.Select(_ => KeyText.New()), Gen.Int[0, 52], Gen.OneOf(Gen.Char.AlphaNumeric, Gen.Char)).Where((key, at, other) => key[at] != other).SampleAsync(async (key, at, other) =>
        {
            Assert.IsType<CallerAnswer.NotMine>(await issued.FindAsync(key[..at] + other + key[(at + 1)..], Ct));
            Assert.IsType<CallerAnswer.NotMine>(await issued.FindAsync(key.Remove(at, 1), Ct));
            Assert.IsType<CallerAnswer.NotMine>(await issued.FindAsync(key.Insert(at, "x"), Ct));
        }, iter: 20_000);
        await Assert.ThrowsAsync<LookedUpException>(() => issued.FindAsync(KeyText.New(), Ct)); // the ear was open
    }

    /// <summary>As one would tell a scanner for leaked secrets.</summary>
    [GeneratedRegex(@"\bapk_[0-9A-Za-z]{49}\b")]
    private static partial Regex Scanner();

    private sealed class LookedUpException : Exception;

    private sealed class NoStore : IDbContextFactory<GatewayStore>
    {
        public GatewayStore CreateDbContext() => throw new LookedUpException();
    }
}
