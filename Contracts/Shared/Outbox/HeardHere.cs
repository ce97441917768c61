namespace Shared;

/// <summary>
/// A message whose hearer is in this process and is called in the place of the bus. Its row goes when the hearer is done, so that no crash can lose it between the
/// two: for what nobody would tell again. The hearer must bear being told twice.
/// </summary>
/// <param name="Hear">Throws where it could not; then it is told again later.</param>
internal sealed record HeardHere(Type Message, Func<object, CancellationToken, Task> Hear)
{
    public static HeardHere Of<T>(Func<T, CancellationToken, Task> hear) => new(typeof(T), (message, ct) => hear((T)message, ct));
}
