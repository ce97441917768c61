using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Approvals.Engines;

internal enum Engine
{
    BuiltIn,

    /// <summary>In builds with <c>-p:EnableElsa=true</c>.</summary>
    Elsa,
}

internal sealed class EngineOptions
{
    public const string Section = "Workflow";

    public Engine Engine { get; set; } = Engine.BuiltIn;

    /// <summary>How often due deadlines are looked for; the most by which an outcome is late.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05", ErrorMessage = Section + ":PollEvery must be 50 milliseconds to 5 seconds; a longer pause would leave callers waiting for an outcome that time has decided.")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMilliseconds(250);
}

internal sealed class EngineRules : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options) =>
        options.Engine == Engine.Elsa && !EnginesExtensions.HasElsa
            ? ValidateOptionsResult.Fail($"{EngineOptions.Section}:Engine is Elsa, but this build has no Elsa in it. Start it with: dotnet run --project Approvals -p:EnableElsa=true")
            : ValidateOptionsResult.Success;
}
