using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>The service will not start like this; the message says why and what to do.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);

/// <summary>Tells a start that was refused for a reason somebody can mend from one that crashed.</summary>
internal static class StartRefusal
{
    /// <summary>All reasons at once, one sentence each; null for a crash.</summary>
    public static IReadOnlyList<string>? ReasonsOf(Exception fault) => fault switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        StartRefusedException or StoreBehindException => [fault.Message],
        IOException { InnerException: AddressInUseException } taken => [$"{taken.Message} Set another address with --urls."],
        // Several sections of the configuration are wrong at once.
        AggregateException several when several.InnerExceptions.All(inner => ReasonsOf(inner) is not null) => [.. several.InnerExceptions.SelectMany(inner => ReasonsOf(inner)!)],
        _ => null,
    };
}
