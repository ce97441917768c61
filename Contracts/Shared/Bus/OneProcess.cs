namespace Shared;

/// <summary>Registered where all of the product is in this process. What only wakes or shows then needs no message: it is told once the change is stored.</summary>
internal sealed class OneProcess;
