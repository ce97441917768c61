namespace Gateway.Proof.Verification;

/// <summary>In what way a trail is not what was signed.</summary>
internal enum FaultKind
{
    /// <summary>An entry says something else than it said when it was recorded.</summary>
    EntryChanged,

    /// <summary>An entry that was recorded is not there, and later ones of its chain are.</summary>
    EntryMissing,

    /// <summary>An entry that was never recorded.</summary>
    EntryAdded,

    /// <summary>An entry stands where another one was.</summary>
    EntryMoved,

    /// <summary>The end of a chain, or of the checkpoints, is not there.</summary>
    CutOff,

    CheckpointChanged,
    CheckpointMissing,
    CheckpointAdded,

    /// <summary>The last checkpoints are signed with a key that nobody trusted has vouched for.</summary>
    KeyNotTrusted,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Checkpoint">The checkpoint it contradicts, or is about.</param>
/// <param name="Says">A sentence for people.</param>
internal sealed record TrailFault(FaultKind Kind, string Says, Guid? Chain = null, long? Position = null, long? Checkpoint = null);

/// <summary>What was looked at, and what is wrong with it.</summary>
internal sealed class TrailReport
{
    /// <summary>Listed one by one; what is more is only counted.</summary>
    public const int MostFaults = 100;
    private readonly List<TrailFault> faults = [];

    public IReadOnlyList<TrailFault> Faults => faults;
    public long FaultCount { get; private set; }
    public bool Sound => FaultCount == 0;

    /// <summary>Entries that are exactly what a signed checkpoint says.</summary>
    public long Proven { get; set; }

    /// <summary>Entries newer than the last checkpoint: their chains fit, and the next checkpoint signs them.</summary>
    public long Unsigned { get; set; }

    /// <summary>Entries that checkpoints cover and that a bundle about one person or case leaves out.</summary>
    public long LeftOut { get; set; }

    /// <summary>Entries whose checkpoint is missing or cannot be read.</summary>
    public long Uncovered { get; set; }

    /// <summary>Entries from before there were chains.</summary>
    public long Unchained { get; set; }
    public long Checkpoints { get; set; }
    public int Chains { get; set; }
    public long FirstCheckpoint { get; set; }
    public long LastCheckpoint { get; set; }
    public DateTimeOffset? From { get; set; }
    public DateTimeOffset? Until { get; set; }

    /// <summary>The keys that vouch for it, oldest first.</summary>
    public List<string> Keys { get; } = [];

    public void Add(TrailFault fault)
    {
        FaultCount++;
        if (faults.Count < MostFaults) faults.Add(fault);
    }

    public bool Has(FaultKind kind) => faults.Exists(fault => fault.Kind == kind);
}
