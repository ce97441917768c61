using System.Globalization;

namespace Gateway.Evidence;

/// <summary>What a bundle is about.</summary>
internal abstract record EvidenceScope
{
    private EvidenceScope()
    {
    }

    /// <summary>All entries of a time: whole, so that nothing can be missing unseen.</summary>
    public sealed record Period(DateTimeOffset From, DateTimeOffset To) : EvidenceScope
    {
        public override string Title => $"All entries from {Day(From)} to {Day(To)}";
    }

    /// <summary>What one caller or person did, and what was decided about it.</summary>
    public sealed record Person(string Subject, DateTimeOffset From, DateTimeOffset To) : EvidenceScope
    {
        public override string Title => $"{Subject}, from {Day(From)} to {Day(To)}";
    }

    /// <summary>One ticket or interaction, from the prompt to what left.</summary>
    public sealed record Case(string Id) : EvidenceScope
    {
        public override string Title => Id;
    }

    public abstract string Title { get; }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
