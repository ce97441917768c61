using Gateway.Texts;
using Microsoft.Extensions.Options;

namespace Gateway.Retention;

/// <summary>How long texts are kept. What the trail says about them is kept for ever.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>By what an interaction came to: <c>Forwarded</c>, <c>Masked</c>, <c>Parked</c>, <c>Blocked</c>, <c>Unread</c>. One that is not named is kept.</summary>
    public Dictionary<TextClass, TimeSpan> Texts { get; set; } = [];

    /// <summary>How often is looked for texts whose time is over: 1 minute to 1 day.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMinutes(10);
}

internal sealed class RetentionRules : IValidateOptions<RetentionOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (kept, time) in options.Texts)
        {
            if (kept == TextClass.Installation) errors.AddError("Retention:Texts:Installation cannot be set: these are the gateway's own secrets.");
            else if (time < Shortest) errors.AddError($"Retention:Texts:{kept} ({time}) must be at least an hour, or a caller could lose an answer it still waits for.");
        }
        if (options.LookEvery < TimeSpan.FromMinutes(1) || options.LookEvery > TimeSpan.FromDays(1)) errors.AddError($"Retention:LookEvery ({options.LookEvery}) must be 1 minute to 1 day.");
        return errors.Build();
    }
}
