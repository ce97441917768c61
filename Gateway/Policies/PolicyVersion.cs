using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Policies;

/// <summary>How a version came into force.</summary>
internal enum PolicyOrigin
{
    /// <summary>Made of the settings when the store was new.</summary>
    First,

    /// <summary>A draft that somebody else approved.</summary>
    Draft,

    /// <summary>An earlier version, in force once more.</summary>
    Rollback,

    /// <summary>Tightened by one person at once; somebody else looks at it afterwards.</summary>
    Emergency,
}

/// <summary>A policy as it came into force. Its number and text never change; the highest number is in force.</summary>
internal sealed class PolicyVersion
{
    /// <summary>Given by whoever writes it, one above the one before: two writers cannot both have it.</summary>
    public required int Number { get; init; }
    public required string Text { get; init; }
    public required PolicyOrigin Origin { get; init; }
    public required string Author { get; init; }
    public required string AuthorName { get; init; }

    /// <summary>Who agreed to it, another person than its author; null where nobody had to.</summary>
    public string? Approver { get; init; }
    public string? ApproverName { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version whose text this is once more, for a rollback.</summary>
    public int? RolledBackTo { get; init; }
    public string? DraftId { get; init; }

    /// <summary>Who looked at an emergency afterwards; set once.</summary>
    public string? ReviewedBy { get; private set; }
    public string? ReviewedByName { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>As requests record it.</summary>
    public string Label => LabelOf(Number);

    /// <summary>SHA-256 of the text; the trail's entry of the version names it.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    public bool AwaitsReview => Origin == PolicyOrigin.Emergency && ReviewedBy is null;

    public static string LabelOf(int number) => $"v{number}";

    /// <returns>Null for what is no label.</returns>
    public static int? NumberOf(string label) => label.StartsWith('v') && int.TryParse(label.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public void Reviewed(string subject, string name, DateTimeOffset at)
    {
        if (!AwaitsReview) throw new InvalidOperationException($"Version {Number} awaits no review.");
        (ReviewedBy, ReviewedByName, ReviewedAt) = (subject, name, at);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PolicyVersion>
    {
        public void Configure(EntityTypeBuilder<PolicyVersion> builder)
        {
            builder.ToTable("PolicyVersions").HasKey(v => v.Number);
            builder.Property(v => v.Number).ValueGeneratedNever();
            builder.Property(v => v.Origin).HasConversion<string>().HasMaxLength(20);
            builder.Property(v => v.ReviewedBy).IsConcurrencyToken();
            builder.Ignore(v => v.Label).Ignore(v => v.Digest).Ignore(v => v.AwaitsReview);
            builder.Property(v => v.DraftId).HasMaxLength(100);
            foreach (var name in new[] { nameof(Author), nameof(AuthorName), nameof(Approver), nameof(ApproverName), nameof(ReviewedBy), nameof(ReviewedByName) })
                builder.Property(name).HasMaxLength(300);
            builder.Property(v => v.Reason).HasMaxLength(2000);
        }
    }
}
