using System.ComponentModel.DataAnnotations;
using Contracts;
using Microsoft.Extensions.Options;

namespace Gateway.Policy;

/// <summary>What the first version of a new store says. Later versions are made by people, in the console or over the API.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>A policy in YAML that becomes the first version as it is; the settings below are for when there is none.</summary>
    public string? File { get; set; }

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

    /// <summary>How often each gateway looks for a newer version; a switch takes that long to reach all of them.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(400);
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
        if (errors.Count == 0 && options.File is null && Yaml.PolicyReader.Read(FirstPolicy.Write(options)) is { Errors: { Count: > 0 } wrong })
            errors.AddRange(wrong.Select(error => $"Policy: the first version made of these settings does not hold: {error.Message}"));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
