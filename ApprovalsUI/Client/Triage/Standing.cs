namespace ApprovalsUI.Client.Triage;

/// <summary>What an open review is to the person before the queue. Only the first is theirs to decide now.</summary>
public enum Standing
{
    Yours,

    /// <summary>Somebody else has it on their screen.</summary>
    Taken,

    /// <summary>They have said yes, and more people are asked.</summary>
    Voted,
    OtherGroups,

    /// <summary>Their own prompt, or one they answer for.</summary>
    Own,

    /// <summary>Approved, and still to be undone.</summary>
    Approved,
}
