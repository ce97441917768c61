namespace Contracts;

/// <summary>What people should do with a prompt whose right answer is known.</summary>
public enum KnownAnswer
{
    Release,
    Reject,
}
