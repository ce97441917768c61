using CsCheck;
using Gateway.Risk;

namespace Gateway.Tests.Risk;

public sealed class TriggerIndex_Tests
{
    private static readonly Gen<string> Triggers = Gen.String[Gen.Char["aAbB<|é機"], 1, 6];
    private static readonly Gen<string> Texts = Gen.String[Gen.Char["aAbB<|é機 c"], 0, 60];

    [Fact]
    public void It_stops_at_every_trigger_and_nowhere_else() =>
        Gen.Select(Triggers.Array[1, 8], Gen.Bool, Texts).Sample((triggers, exact, text) =>
        {
            triggers = [.. triggers.Distinct()];
            var comparison = exact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
            var expected = from at in Enumerable.Range(0, text.Length) from trigger in triggers where text.AsSpan(at).StartsWith(trigger, comparison) select (at, trigger);
            var hits = new TriggerIndex<string>(triggers, trigger => [trigger], _ => exact).Hits(text).Select(hit => (hit.At, hit.Trigger));
            Assert.Equal(expected.Order(), hits.Order());
        }, iter: 3_000);

    [Fact]
    public void Places_come_in_order() =>
        Gen.Select(Triggers.Array[1, 8], Texts).Sample((triggers, text) =>
        {
            var places = new TriggerIndex<string>(triggers, trigger => [trigger]).Hits(text).Select(hit => hit.At).ToList();
            Assert.Equal(places.Order(), places);
        }, iter: 500);

    [Fact]
    public void A_hundred_triggers_may_begin_alike()
    {
        string[] triggers = [.. Enumerable.Range(0, 100).Select(number => $"pass{number:00}")];
        var index = new TriggerIndex<string>(triggers, trigger => [trigger]);

        Assert.Equal(triggers, triggers.SelectMany(trigger => index.Hits($"my {trigger}!")).Select(hit => hit.Trigger));
    }
}
