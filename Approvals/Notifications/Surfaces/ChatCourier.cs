using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Approvals.Notifications.Surfaces;

/// <summary>Posts to the webhooks of Slack and of Teams Workflows.</summary>
internal sealed class ChatCourier(IHttpClientFactory clients, IOptions<NotificationsOptions> options) : ICourier
{
    public const string ClientName = "notifications";
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    public IReadOnlyList<ChannelKind> Kinds { get; } = [ChannelKind.Slack, ChannelKind.Teams];

    public async Task<Delivery> SendAsync(Channel channel, NoticeMessage message, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, channel.Url) { Content = JsonContent.Create<JsonObject>(channel.Kind == ChannelKind.Slack ? SlackBlocks.Of(message) : TeamsCard.Of(message)) };
        try
        {
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if (response.IsSuccessStatusCode) return Delivery.Done;
            var rest = response.Headers.RetryAfter?.Delta;
            return new Delivery(false, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), rest < LongestRest ? rest : null);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new Delivery(false, fault.GetType().Name);
        }
    }
}
