namespace Contracts.Api;

/// <summary>Who may do what, and why; as much of it as the signed-in person may know.</summary>
public sealed record AccessView
{
    /// <summary>The whole catalogue, in its order.</summary>
    public required IReadOnlyList<PermissionView> Permissions { get; init; }

    /// <summary>What gives permissions here: groups, or people by name where they are kept locally. Only one's own unless <see cref="Whole"/>.</summary>
    public required IReadOnlyList<string> Givers { get; init; }

    /// <summary>The givers are people, not groups.</summary>
    public required bool ByPerson { get; init; }

    /// <summary>The signed-in person sees everybody.</summary>
    public required bool Whole { get; init; }
    public required PersonAccess You { get; init; }

    /// <summary>The person asked about, when it is somebody else.</summary>
    public PersonAccess? Asked { get; init; }

    /// <summary>Who can be asked about: everybody who ever signed in, newest first. Empty unless <see cref="Whole"/>.</summary>
    public required IReadOnlyList<KnownPerson> People { get; init; }
}

/// <param name="Means">One sentence that follows "may".</param>
/// <param name="Givers">Those of the view's givers that give it.</param>
public sealed record PermissionView(string Name, string Means, bool NeedsFreshSignIn, IReadOnlyList<string> Givers);

/// <param name="Granted">What they may, each with what gives it to them.</param>
/// <param name="SeenAt">When their groups were last heard of, at a sign-in; null when they are known without one.</param>
public sealed record PersonAccess(
    string Subject, string Name, IReadOnlyList<string> Groups, IReadOnlyList<Grant> Granted, DateTimeOffset? SeenAt);

public sealed record Grant(string Permission, IReadOnlyList<string> Through);

public sealed record KnownPerson(string Subject, string Name);
