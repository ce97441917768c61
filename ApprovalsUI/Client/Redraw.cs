namespace ApprovalsUI.Client;

/// <summary>Draws soon, and once for all that was heard until then.</summary>
/// <param name="invoke">A component's <c>InvokeAsync</c>.</param>
/// <param name="pause">What is waited for before drawing, where drawing is much work.</param>
internal sealed class Redraw(Func<Func<Task>, Task> invoke, Action draw, Func<Task>? pause = null)
{
    private int asked;

    internal void Ask()
    {
        if (Interlocked.Exchange(ref asked, 1) == 0)
        {
            _ = invoke(DrawAsync);
        }
    }

    private async Task DrawAsync()
    {
        if (pause is not null)
        {
            await pause();
        }

        // Whoever brings the news goes on meanwhile, and may bring more.
        await Task.Yield();
        Volatile.Write(ref asked, 0);
        draw();
    }
}
