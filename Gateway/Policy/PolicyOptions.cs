using System.ComponentModel.DataAnnotations;
using Contracts;
using Contracts.Messages;
using Microsoft.Extensions.Options;

namespace Gateway.Policy;

/// <summary>The least that must happen, from harmless to final.</summary>
internal enum PolicyAction
{
    Forward,
    Mask,
    Park,
    Block,
}

/// <summary>Where the lines are. A score is 0 to 100; an action applies from its threshold on.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    [Range(0, 101)]
    public int MaskAt { get; set; } = 30;

    [Range(0, 101)]
    public int ParkAt { get; set; } = 60;

    /// <summary>From this score on nobody is asked: the prompt is refused.</summary>
    [Range(0, 101)]
    public int BlockAt { get; set; } = 95;

    /// <summary>The least that happens when a category was found with at least <see cref="FloorConfidence"/>, whatever the score.</summary>
    public Dictionary<RiskCategory, PolicyAction> Floors { get; set; } = new()
    {
        [RiskCategory.Secret] = PolicyAction.Park,
        [RiskCategory.Fault] = PolicyAction.Park,
    };

    [Range(0.0, 1.0)]
    public double FloorConfidence { get; set; } = 0.6;

    /// <summary>What happens to images, audio and documents the scorer cannot read.</summary>
    public PolicyAction Unreadable { get; set; } = PolicyAction.Park;

    /// <summary>Groups whose people may decide.</summary>
    [MinLength(1)]
    public List<string> Reviewers { get; set; } = [];

    /// <summary>Distinct people needed to release.</summary>
    [Range(1, 10)]
    public int People { get; set; } = 1;

    /// <summary>How long people have. Then the prompt expires; silence is never a yes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromHours(1);

    /// <summary>From this score on a release is held for <see cref="UndoWindow"/>, so that a slip can be taken back.</summary>
    [Range(0, 101)]
    public int UndoAt { get; set; } = 85;

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan UndoWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a rejected caller reads the reviewer's words.</summary>
    public bool TellReason { get; set; } = true;

    public IReadOnlyList<ReviewStage> Stages() => [new(Reviewers, People, Deadline, OnDeadline.Reject)];
}

internal sealed class PolicyRules : IValidateOptions<PolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, PolicyOptions options)
    {
        var errors = new List<string>();
        if (options.ParkAt >= options.BlockAt && options.ParkAt <= 100)
            errors.Add($"Policy:ParkAt ({options.ParkAt}) must be lower than Policy:BlockAt ({options.BlockAt}), or nothing is ever parked.");
        if (options.MaskAt >= options.ParkAt && options.MaskAt <= 100)
            errors.Add($"Policy:MaskAt ({options.MaskAt}) must be lower than Policy:ParkAt ({options.ParkAt}), or nothing is ever masked.");
        if (options.Unreadable == PolicyAction.Mask)
            errors.Add("Policy:Unreadable cannot be Mask: what cannot be read cannot be masked. Use Forward, Park or Block.");
        if (options.Reviewers.Any(string.IsNullOrWhiteSpace))
            errors.Add("Policy:Reviewers holds an empty group name, whom nobody can belong to.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
