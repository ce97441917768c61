using Gateway.Outlets;
using Gateway.Tests.Support;
using Gateway.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Outlets;

/// <summary>A mistake in the settings is a sentence, and the gateway does not start.</summary>
public sealed class Settings_Tests(SharedGateway shared)
{
    private const string Secret = "Secret=0123456789abcdef";

    [Theory]
    [InlineData("Kind=Fax", "Outlets:0:Kind (Fax) must be File, Syslog, Otlp, Webhook.")]
    [InlineData("Kind=1;Path=/a", "Outlets:0:Kind (1) must be File, Syslog, Otlp, Webhook.")]
    [InlineData("Kind=File;Path=/a;Name=A b", "Outlets:0:Name (A b) must have 1 to 50 lower-case letters, digits or dashes; it is the outlet's place in the trail and its name in metrics.")]
    [InlineData("Kind=File;Path=/a;Pth=/b", "Outlets:0:Pth is no setting of an outlet; it would have no effect.")]
    [InlineData("Kind=File;Path=/a;Send=Some", "Outlets:0:Send (Some) must be Both, Entries, Checkpoints.")]
    [InlineData("Kind=File;Path=/a;From=Here", "Outlets:0:From (Here) must be Beginning, Now.")]
    [InlineData("Kind=File;Path=/a;Patience=00:02:00", "Outlets:0:Patience (00:02:00) must be 1 second to 1 minute.")]
    [InlineData("Kind=File", "Outlets:0:Path () must be a whole path, or where the lines are would depend on where the gateway was started.")]
    [InlineData("Kind=File;Path=trail.jsonl", "Outlets:0:Path (trail.jsonl) must be a whole path, or where the lines are would depend on where the gateway was started.")]
    [InlineData("Kind=File;Path=/a;LargestFile=10", "Outlets:0:LargestFile (10) must be at least 4096 bytes.")]
    [InlineData("Kind=File;Path=/a;KeepFiles=-1", "Outlets:0:KeepFiles (-1) must be 0 to 1000.")]
    [InlineData("Kind=Syslog", "Outlets:0:Host () must be the name or address of a syslog server.")]
    [InlineData("Kind=Syslog;Host=h;Transport=Pigeon", "Outlets:0:Transport (Pigeon) must be Tcp, Tls, Udp.")]
    [InlineData("Kind=Syslog;Host=h;Port=70000", "Outlets:0:Port (70000) must be 1 to 65535.")]
    [InlineData("Kind=Syslog;Host=h;Facility=24", "Outlets:0:Facility (24) must be 0 to 23; 13 is log audit.")]
    [InlineData("Kind=Otlp", "Outlets:0:Endpoint must be set where OTEL_EXPORTER_OTLP_ENDPOINT is not.")]
    [InlineData("Kind=Otlp;Endpoint=collector:4318", "Outlets:0:Endpoint (collector:4318) must be an absolute http or https URL.")]
    [InlineData("Kind=Otlp;Endpoint=http://collector:4318;Headers:Content-Type=a", "Outlets:0:Headers:Content-Type is no header that can be sent.")]
    [InlineData("Kind=Webhook;" + Secret, "Outlets:0:Url () must be an absolute http or https URL.")]
    [InlineData("Kind=Webhook;Url=https://10.0.0.1/;" + Secret, "Outlets:0:Url (https://10.0.0.1/) is not on the public internet, so nothing would be sent; Webhooks:AllowPrivate would allow it.")]
    [InlineData("Kind=Webhook;Url=http://localhost:1/;" + Secret, "Outlets:0:Url (http://localhost:1/) is not on the public internet, so nothing would be sent; Webhooks:AllowPrivate would allow it.")]
    [InlineData("Kind=Webhook;Url=https://example.com/", "Outlets:0 needs exactly one of Secret and SecretFrom, or its receiver could not tell our events from anybody's.")]
    [InlineData("Kind=Webhook;Url=https://example.com/;Secret=short", "Outlets:0:Secret needs at least 16 characters, or it could be guessed.")]
    [InlineData("Kind=Webhook;Url=https://example.com/;Secret=whsec_no-base-64!", "Outlets:0:Secret begins with whsec_, so the rest must be base64.")]
    [InlineData("Kind=Webhook;Url=https://example.com/;SecretFrom=NO_SUCH_VARIABLE", "Outlets:0:SecretFrom names the environment variable 'NO_SUCH_VARIABLE', which is empty.")]
    public void A_mistake_is_told_in_a_sentence(string settings, string sentence) => Assert.Equal([sentence], Mistakes(settings));

    [Theory]
    [InlineData("Kind=file;Path=/a"), InlineData("Kind=Syslog;Host=logs.example.com;Transport=tls"), InlineData("Kind=Otlp;Endpoint=http://127.0.0.1:4318"), InlineData("Kind=Webhook;Url=https://example.com/;" + Secret)]
    public void What_is_right_is_let_through(string settings) => Assert.Empty(Mistakes(settings));

    [Fact]
    public void Two_outlets_need_two_names_and_two_files() => Assert.Equal(
        ["Outlets: the name 'siem' is given 2 times; they would share one place in the trail, and each would miss what another sent.", "Outlets: 'siem' and 'siem' write to one file, /a; neither's lines could be told from the other's."],
        Mistakes("Kind=File;Path=/a", "Kind=File;Path=/b/../a"));

    [Fact]
    public async Task A_gateway_does_not_start_with_a_mistake()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(shared.Upstream, OutletRoom.Outlet("Fax", ("Name", "Ä"))));
        Assert.Equal(2, refused.Failures.Count());
    }

    private static IEnumerable<string> Mistakes(params string[] outlets)
    {
        var settings = outlets.SelectMany((outlet, i) => $"Name=siem;{outlet}".Split(';').Select(setting => setting.Split('=', 2)).GroupBy(setting => setting[0]).Select(setting => KeyValuePair.Create($"Outlets:{i}:{setting.Key}", (string?)setting.Last()[1])));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new OutletRules(configuration, Options.Create(new WebhookOptions())).Validate(null, configuration.Get<OutletList>()!).Failures ?? [];
    }
}
