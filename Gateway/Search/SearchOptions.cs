namespace Gateway.Search;

internal sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>Whether prompts can be found again by their words and values. Otherwise nothing is kept for it from now on, and two of the three questions find what was kept before.</summary>
    public bool Enabled { get; set; } = true;
}
