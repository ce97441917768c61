using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Approvals.Notifications.Surfaces;
using Microsoft.Extensions.Options;

namespace Approvals.Notifications.Buttons;

/// <summary>Tells Slack what became of a click, once. The address lets anybody post who knows it: no log repeats it.</summary>
internal sealed partial class SlackAnswers(IHttpClientFactory clients, IOptions<NotificationsOptions> options, ILogger<SlackAnswers> logger)
{
    public async Task PostAsync(Channel channel, Uri address, JsonObject message, CancellationToken ct)
    {
        if (!channel.MayAnswerAt(address)) return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(message) };
        try
        {
            using var response = await clients.CreateClient(ChatCourier.ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (!response.IsSuccessStatusCode) LogNotTold(channel.Name, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            LogNotTold(channel.Name, fault.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Slack did not take the answer to a click in channel {Channel} ({Fault}); what was decided stands.")]
    private partial void LogNotTold(string channel, string fault);
}
