namespace Gateway.Habits;

internal sealed class HabitOptions
{
    public const string Section = "Habits";

    /// <summary>Off where one key stands for everybody, so that nothing of it is usual.</summary>
    public bool Enabled { get; set; } = true;
}
