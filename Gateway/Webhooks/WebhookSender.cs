using System.Net.Http.Headers;
using System.Text;
using Gateway.Identity;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Gateway.Webhooks;

/// <summary>Sends what is due: at least once, one attempt at a time per notice, with growing pauses, and not for ever.</summary>
internal sealed partial class WebhookSender(
    IDbContextFactory<GatewayStore> stores, CallerDirectory callers, IHttpClientFactory clients, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookSender> logger)
    : BackgroundService
{
    public const string ClientName = "webhook";
    private const int Batch = 50;
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Parallel.ForEachAsync(await ClaimDueAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    async (delivery, ct) => await SendAsync(delivery, ct));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or DbUpdateException)
            {
                LogFault(fault);
            }
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<WebhookDelivery>> ClaimDueAsync(CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        if (!await store.Set<WebhookDelivery>().AnyAsync(d => d.DueAt <= now, ct)) return [];
        await using var claiming = await store.Database.BeginTransactionAsync(ct);
        var claimed = await store.LockDueAsync<WebhookDelivery>(nameof(WebhookDelivery.DueAt), now, Batch, ct);
        foreach (var delivery in claimed) delivery.DueAt = now + options.Value.Patience * 3;
        await store.SaveChangesAsync(ct);
        await claiming.CommitAsync(ct);
        return claimed;
    }

    private async Task SendAsync(WebhookDelivery delivery, CancellationToken ct)
    {
        var delivered = callers.BySubject(delivery.CallerSubject)?.Webhook is { } webhook && await TryPostAsync(webhook, delivery, ct);
        var attempts = delivery.Attempts + 1;
        var now = clock.GetUtcNow();
        DateTimeOffset? next = delivered || attempts >= options.Value.MostAttempts ? null : now + Backoff(attempts);
        if (!delivered && next is null) LogGivenUp(delivery.TicketId, attempts);

        await using var store = await stores.CreateDbContextAsync(ct);
        await store.Set<WebhookDelivery>().Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.Attempts, attempts).SetProperty(d => d.DueAt, next).SetProperty(d => d.DeliveredAt, delivered ? now : null), ct);
    }

    private async Task<bool> TryPostAsync(CallerWebhook webhook, WebhookDelivery delivery, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        WebhookNotices.AddSignature(request, webhook.Secret, $"msg_{delivery.Id:N}", clock.GetUtcNow(), delivery.Body);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.Patience);
        try
        {
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            LogNotTaken(delivery.TicketId, delivery.Attempts + 1, fault.GetType().Name);
            return false;
        }
    }

    private TimeSpan Backoff(int attempts)
    {
        var pause = options.Value.FirstBackoff * Math.Pow(2, Math.Min(attempts - 1, 20));
        return pause < LongestBackoff ? pause : LongestBackoff;
    }

    [LoggerMessage(1, LogLevel.Information, "The webhook for ticket {TicketId} was not taken at attempt {Attempt} ({Fault}); trying again later.")]
    private partial void LogNotTaken(string ticketId, int attempt, string fault);

    [LoggerMessage(2, LogLevel.Warning, "The webhook for ticket {TicketId} is given up after {Attempts} attempts; the ticket can still be polled.")]
    private partial void LogGivenUp(string ticketId, int attempts);

    [LoggerMessage(3, LogLevel.Warning, "Webhooks could not be looked up; trying again.")]
    private partial void LogFault(Exception fault);
}
