namespace ApprovalsUI.Components.Text;

/// <summary>One beat a second for everything on a page that counts down; silent while nobody listens.</summary>
internal sealed class Ticker(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Action? listeners;
    private ITimer? timer;

    internal DateTimeOffset Now => clock.GetUtcNow();

    internal event Action Ticked
    {
        add
        {
            lock (gate)
            {
                listeners += value;
                timer ??= clock.CreateTimer(_ => listeners?.Invoke(), null, Second, Second);
            }
        }

        remove
        {
            lock (gate)
            {
                listeners -= value;
                if (listeners is null)
                {
                    timer?.Dispose();
                    timer = null;
                }
            }
        }
    }

    public void Dispose() => timer?.Dispose();
}
