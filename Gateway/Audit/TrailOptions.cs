namespace Gateway.Audit;

internal sealed class TrailOptions
{
    public const string Section = "Trail";

    /// <summary>
    /// Whether a request's own entry is on disk before its model is called. Otherwise request and answer are recorded together
    /// before the answer's last byte leaves, and a crash in between leaves no record that the model was asked.
    /// </summary>
    public bool Strict { get; set; }
}
