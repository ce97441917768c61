using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Gateway.Policies;

internal enum DraftStatus
{
    /// <summary>Its author still writes.</summary>
    Open,

    /// <summary>Waits for somebody else's yes. Changing it opens it again.</summary>
    Proposed,
    Approved,
    Rejected,
    Withdrawn,
}

/// <summary>A change to the policy before it is one. Of two who change or decide it at once, one wins.</summary>
internal sealed class PolicyDraft
{
    public required string Id { get; init; }

    /// <summary>The version it was written against; it can come into force only while that one is.</summary>
    public int Base { get; private set; }
    public string Text { get; private set; } = "";
    public string? Note { get; private set; }
    public DraftStatus Status { get; private set; }
    public required string Author { get; init; }
    public required string AuthorName { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Judges live traffic along with the policy in force and decides nothing.</summary>
    public bool Shadow { get; private set; }

    /// <summary>What it would have done to recorded traffic, as JSON, when it was proposed.</summary>
    public string? WhatIf { get; private set; }
    public string? DecidedBy { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Reason { get; private set; }
    public int? Became { get; private set; }

    /// <summary>Grows with every change; the concurrency token.</summary>
    public int Version { get; private set; }

    /// <summary>What an approval is about: these very words on this very version.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Base}\n{Text}")));

    public bool IsOver => Status is DraftStatus.Approved or DraftStatus.Rejected or DraftStatus.Withdrawn;

    public void Write(int @base, string text, string? note, DateTimeOffset now)
    {
        MustBe(!IsOver);
        (Base, Text, Note, ChangedAt, Status, WhatIf) = (@base, text, note, now, DraftStatus.Open, null);
        Version++;
    }

    public void Propose(string whatIf, DateTimeOffset now)
    {
        MustBe(Status == DraftStatus.Open);
        (Status, WhatIf, ChangedAt) = (DraftStatus.Proposed, whatIf, now);
        Version++;
    }

    public void Watch(bool shadow, DateTimeOffset now)
    {
        MustBe(!IsOver);
        (Shadow, ChangedAt) = (shadow, now);
        Version++;
    }

    public void Approve(string subject, string name, int became, string? reason, DateTimeOffset now)
    {
        MustBe(Status == DraftStatus.Proposed && subject != Author);
        Became = became;
        End(DraftStatus.Approved, subject, name, reason, now);
    }

    public void Reject(string subject, string name, string reason, DateTimeOffset now)
    {
        MustBe(Status == DraftStatus.Proposed);
        End(DraftStatus.Rejected, subject, name, reason, now);
    }

    public void Withdraw(string subject, string name, DateTimeOffset now)
    {
        MustBe(!IsOver);
        End(DraftStatus.Withdrawn, subject, name, null, now);
    }

    private void End(DraftStatus status, string subject, string name, string? reason, DateTimeOffset now)
    {
        (Status, Shadow, DecidedBy, DecidedByName, DecidedAt, Reason, ChangedAt) = (status, false, subject, name, now, reason, now);
        Version++;
    }

    private void MustBe(bool allowed)
    {
        if (!allowed) throw new InvalidOperationException($"Draft {Id} is {Status}; that cannot be done with it.");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PolicyDraft>
    {
        public void Configure(EntityTypeBuilder<PolicyDraft> builder)
        {
            builder.ToTable("PolicyDrafts").HasKey(d => d.Id);
            builder.Property(d => d.Status).HasConversion<string>().HasMaxLength(20);
            builder.Property(d => d.Version).IsConcurrencyToken();
            builder.Ignore(d => d.Digest).Ignore(d => d.IsOver);
            builder.HasIndex(d => d.Shadow);
            builder.HasIndex(d => d.ChangedAt);
            builder.Property(d => d.Id).HasMaxLength(100);
            foreach (var name in new[] { nameof(Author), nameof(AuthorName), nameof(DecidedBy), nameof(DecidedByName) }) builder.Property(name).HasMaxLength(300);
            foreach (var name in new[] { nameof(Note), nameof(Reason) }) builder.Property(name).HasMaxLength(2000);
        }
    }
}
