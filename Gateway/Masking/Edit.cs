namespace Gateway.Masking;

internal enum EditKind
{
    Hide,
    Restore,

    /// <summary>The caller's own value in the clear; it only keeps a cut away.</summary>
    Leave,
}

/// <summary>What happens to a stretch of a unit.</summary>
/// <param name="Text">What is restored, or the type of what is hidden.</param>
internal readonly record struct Edit(int Start, int End, EditKind Kind, string Text);
