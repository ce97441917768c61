using ApprovalsUI.Client;

namespace ApprovalsUI.Tests.Client;

public sealed class ThresholdLinesTests
{
    [Theory]
    [InlineData("thresholds:\n  mask: 30\n  park: 60\n  block: 95\n", 30, 60, 95)]
    [InlineData("name: A\r\nthresholds:  # the lines\r\n\r\n  # low\r\n  mask: 30 # m\r\n  park: 60\r\n  block: 101\r\nreview: {}\r\n", 30, 60, 101)]
    [InlineData("thresholds: {mask: 1, park: 2, block: 3}", 1, 2, 3)]
    [InlineData("thresholds:\n  park: 60\n", 101, 60, 101)]
    [InlineData("thresholds:\n  for:\n    - groups: [legal]\n      mask: 1\n      park: 2\n  mask: 30\n  park: 60\n  block: 95\nrules: [{block: 4}]", 30, 60, 95)]
    [InlineData("thresholds: {mask: 30, park: 60, block: 95, for: [{groups: [a], mask: 1}]}", 30, 60, 95)]
    public void Lines_are_read_as_people_write_them(string text, int mask, int park, int block) => Assert.Equal(new ThresholdLines(mask, park, block), ThresholdLines.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("# thresholds:\n#  mask: 30\n")]
    [InlineData("thresholds: *shared")]
    [InlineData("{\"thresholds\": {\"mask\": 30}}")]
    [InlineData("thresholds:\n  mask: 300\n")]
    [InlineData("thresholds:\n  mask: 70\n  park: 60\n  block: 95\n")]
    [InlineData("rules:\n  thresholds:\n    mask: 30\n")]
    public void What_cannot_be_made_out_is_nothing_rather_than_something_else(string text) => Assert.Null(ThresholdLines.Read(text));

    [Theory]
    [InlineData(Threshold.Mask, 70, 59)]
    [InlineData(Threshold.Park, 10, 31)]
    [InlineData(Threshold.Park, 97, 94)]
    [InlineData(Threshold.Block, 0, 61)]
    [InlineData(Threshold.Mask, 101, 101)]
    [InlineData(Threshold.Park, 500, 101)]
    public void A_line_stops_at_its_neighbour_and_off_is_always_allowed(Threshold line, int to, int at) => Assert.Equal(at, new ThresholdLines(30, 60, 95).With(line, to)[line]);

    [Fact]
    public void A_line_without_room_stays_off() => Assert.Equal(101, new ThresholdLines(59, 101, 60).With(Threshold.Park, 60).Park);
}
