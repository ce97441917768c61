using System.ComponentModel.DataAnnotations;

namespace Gateway.Known;

/// <summary>How often people are shown a prompt whose right answer is known.</summary>
internal sealed class KnownOptions
{
    public const string Section = "Known";
    public const int MostPerDay = 200;

    /// <summary>Spread over the day; 0 is off.</summary>
    [Range(0, MostPerDay, ErrorMessage = Section + ":PerDay must be 0 (off) to 200; more would keep people from what callers wait for.")]
    public int PerDay { get; set; }
}
