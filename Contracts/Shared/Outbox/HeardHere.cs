namespace Shared;

/// <summary>
/// A message whose only hearer is in this process and is called in the place of the bus: that takes a fraction of the time, and the row goes when the hearer is done, so
/// that no crash can lose it between the two. The hearer must bear being told twice.
/// </summary>
/// <param name="Hear">Throws where it could not.</param>
/// <param name="ElseByBus">It then goes by the bus after all, which has tries, an error queue and alerts; else it is told again later, until it could.</param>
internal sealed record HeardHere(Type Message, Func<object, CancellationToken, Task> Hear, bool ElseByBus)
{
    public static HeardHere Of<T>(Func<T, CancellationToken, Task> hear, bool elseByBus = false) => new(typeof(T), (message, ct) => hear((T)message, ct), elseByBus);
}
