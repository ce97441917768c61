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
            Assert.Equal(expected.Order(), Hits(new(triggers, trigger => [trigger], _ => exact), text).Order());
        }, iter: 3_000);

    [Fact]
    public void Places_come_in_order() =>
        Gen.Select(Triggers.Array[1, 8], Texts).Sample((triggers, text) =>
        {
            var places = Hits(new(triggers, trigger => [trigger]), text).Select(hit => hit.At).ToList();
            Assert.Equal(places.Order(), places);
        }, iter: 500);

    [Fact]
    public void A_hundred_triggers_may_begin_alike()
    {
        string[] triggers = [.. Enumerable.Range(0, 100).Select(number => $"pass{number:00}")];
        var index = new TriggerIndex<string>(triggers, trigger => [trigger]);

        Assert.Equal(triggers, triggers.SelectMany(trigger => Hits(index, $"my {trigger}!")).Select(hit => hit.Trigger));
    }

    [Fact]
    public void Of_words_only_those_count_that_go_on_from_no_letter() =>
        Gen.Select(Triggers.Array[1, 8], Texts).Sample((triggers, text) =>
        {
            triggers = [.. triggers.Distinct()];
            var begun = Hits(new(triggers, trigger => [trigger]), text).Where(hit => hit.At == 0 || !char.IsLetter(text[hit.At]) || !char.IsAsciiLetter(text[hit.At - 1]));
            Assert.Equal(begun, Hits(new(triggers, trigger => [trigger], wordsOnly: true), text));
        }, iter: 2_000);

    [Fact]
    public void Looked_for_together_with_others_it_stops_where_it_does_alone() =>
        Gen.Select(Triggers.Array[1, 8], Triggers.Array[1, 8], Texts).Sample((mine, others, text) =>
        {
            TriggerIndex<string> index = new(mine.Distinct(), trigger => [trigger]), other = new(others.Distinct(), trigger => [trigger]);
            List<(int, string)> together = [];
            foreach (var (_, at, trigger) in index.Hits(text, new TriggerBeginnings(index.Beginnings, other.Beginnings).In(text))) together.Add((at, trigger));
            Assert.Equal(Hits(index, text), together);
        }, iter: 2_000);

    private static List<(int At, string Trigger)> Hits(TriggerIndex<string> index, string text)
    {
        List<(int, string)> hits = [];
        foreach (var (_, at, trigger) in index.Hits(text)) hits.Add((at, trigger));
        return hits;
    }
}
