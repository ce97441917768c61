using Microsoft.Extensions.Options;

namespace Shared;

/// <summary>The RabbitMQ broker between the services.</summary>
internal sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary><c>amqp://host:port/virtual-host</c>, or <c>amqps://</c> for TLS.</summary>
    public string Url { get; set; } = "";
    public string Username { get; set; } = "guest";
    public string Password { get; set; } = "guest";
}

internal sealed class BusRules : IValidateOptions<BusOptions>
{
    public ValidateOptionsResult Validate(string? name, BusOptions options)
    {
        var errors = new List<string>();
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("amqp" or "amqps"))
            errors.Add($"{BusOptions.Section}:Url must be an address such as amqp://rabbitmq:5672/, or the services could not hear each other.");
        else if (url.UserInfo.Length > 0) errors.Add($"{BusOptions.Section}:Url holds a user or password, which would be written to logs; set {BusOptions.Section}:Username and {BusOptions.Section}:Password.");
        else if (!url.IsLoopback && options.Username == "guest") errors.Add($"{BusOptions.Section}:Username is guest, whom a broker takes from its own machine only; set it and {BusOptions.Section}:Password.");
        else if (!url.IsLoopback && options.Password is "" or "guest") errors.Add($"{BusOptions.Section}:Password is the one that everybody knows, or empty; set it.");
        if (options.Username.Length == 0) errors.Add($"{BusOptions.Section}:Username is empty; the broker would refuse us.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
