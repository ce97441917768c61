using System.Text.RegularExpressions;
using Gateway.Risk;

namespace Gateway.Tests.Risk;

public sealed class LazyRegex_Tests
{
    /// <summary>A runtime that keeps it elsewhere would have us hold a quarter of a gigabyte again: then this says so.</summary>
    [Fact]
    public void This_runtime_can_be_told_to_let_go_of_what_only_building_needed() =>
        Assert.True(LazyRegex.LetGoOfBuilding(new Regex(@"\A\w+@\p{L}", RegexOptions.NonBacktracking)));

    [Fact]
    public void What_has_let_go_finds_what_it_found_before()
    {
        const string Pattern = @"(?<who>\b\w+)@(?<where>\p{L}[^\s]+)\d", Text = "hello@wörld12 ";
        var whole = new Regex($@"\A(?:{Pattern})", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture).Match(Text);

        var found = LazyRegex.Anchored(Pattern, RegexOptions.IgnoreCase).Regex.Match(Text);

        Assert.True(found.Success);
        Assert.Equal(whole.Groups.Values.Select(group => (group.Name, group.Index, group.Value)), found.Groups.Values.Select(group => (group.Name, group.Index, group.Value)));
    }

    [Fact]
    public void What_is_no_such_pattern_stays_as_it_is() =>
        Assert.False(LazyRegex.LetGoOfBuilding(new Regex("a+")));
}
