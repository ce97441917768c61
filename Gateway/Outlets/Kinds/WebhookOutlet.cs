using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Proof;
using Gateway.Webhooks;

namespace Gateway.Outlets.Kinds;

/// <summary>Posts batches of CloudEvents 1.0, signed after Standard Webhooks. Any 2xx is a yes; everything else is asked again.</summary>
internal sealed class WebhookOutlet(OutletOptions options, IHttpClientFactory clients, TimeProvider clock) : IOutlet
{
    private readonly Uri url = new(options.Url!); // the rules ask for it, and for the secret
    private readonly string secret = options.ResolveSecret()!;

    public string Name => options.Name;

    public async Task SendAsync(OutletBatch batch, CancellationToken ct)
    {
        var body = $"[{string.Join(',', batch.Items.Select(EventOf))}]";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/cloudevents-batch+json") { CharSet = "utf-8" }) };
        // Of the content, so that a receiver can tell the same batch sent twice.
        var id = $"msg_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 16))}";
        WebhookNotices.AddSignature(request, secret, id, clock.GetUtcNow(), body);
        using var response = await clients.CreateClient(WebhookSender.ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode) throw new OutletRefusedException($"The receiver answered {(int)response.StatusCode}.");
    }

    private string EventOf(OutletItem item) => Encoding.UTF8.GetString(OutletLine.Written(json =>
    {
        json.WriteString("specversion", "1.0");
        json.WriteString("id", item.Id);
        json.WriteString("source", options.Source);
        json.WriteString("type", TrailEvent.TypeOf(item));
        if (item is OutletItem.Entry { Ticket: { } ticket }) json.WriteString("subject", ticket);
        else if (item is OutletItem.Entry { Interaction: { } interaction }) json.WriteString("subject", interaction);
        json.WriteString("time", TrailLine.TimeOf(item.At));
        json.WriteString("datacontenttype", "application/json");
        json.WritePropertyName("data");
        json.WriteRawValue(item.Json.Span, skipInputValidation: true);
    }).Span);
}
