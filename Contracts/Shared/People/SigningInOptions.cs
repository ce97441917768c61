using Contracts;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>How long a sign-in counts, and for what it must be a fresh one; whoever signs people in.</summary>
internal sealed class SigningInOptions
{
    public const string Section = "People";
    public static readonly TimeSpan ShortestSession = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LongestOfAll = TimeSpan.FromDays(7);
    public static readonly TimeSpan DefaultSession = TimeSpan.FromHours(12);

    /// <summary>Permissions that count only within <see cref="StepUpWithin"/> of a sign-in, wherever something is done with them.</summary>
    public List<string> StepUp { get; set; } = [];
    public TimeSpan StepUpWithin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>From the sign-in on, however often the provider renews its token.</summary>
    public TimeSpan LongestSession { get; set; } = DefaultSession;
}

internal sealed class SigningInRules : IValidateOptions<SigningInOptions>
{
    private static readonly TimeSpan ShortestStepUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestStepUp = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, SigningInOptions options)
    {
        var errors = new List<string>();
        foreach (var unknown in options.StepUp.Except(Permissions.All))
            errors.Add($"{SigningInOptions.Section}:StepUp ({unknown}) is no permission, so nothing would ask for a fresh sign-in; there are {string.Join(", ", Permissions.All)}.");
        if (options.StepUpWithin < ShortestStepUp || options.StepUpWithin > LongestStepUp)
            errors.Add($"{SigningInOptions.Section}:StepUpWithin ({options.StepUpWithin}) must be {ShortestStepUp} to {LongestStepUp}: shorter, and nobody could finish what they signed in for; longer, and it is no fresh sign-in.");
        if (options.LongestSession < SigningInOptions.ShortestSession || options.LongestSession > SigningInOptions.LongestOfAll)
            errors.Add($"{SigningInOptions.Section}:LongestSession ({options.LongestSession}) must be {SigningInOptions.ShortestSession} to {SigningInOptions.LongestOfAll}, or a session would end at once or outlive its person's leave.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
