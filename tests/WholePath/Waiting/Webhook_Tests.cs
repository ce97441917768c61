using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WholePath.Support;

namespace WholePath.Waiting;

public sealed class Webhook_Tests
{
    private const string Secret = "a-webhook-secret-for-tests";

    [Fact]
    public async Task A_caller_is_told_when_its_ticket_ends_signed_and_again_until_it_is_taken()
    {
        await using var receiver = await Receiver.StartAsync(failFirst: 2);
        await using var product = await Product.StartAsync(Settings(receiver.Url, allowPrivate: true));
        using var caller = product.Caller("key-of-a-caller-with-webhook");
        using var reviewer = await product.SignInAsync();
        var ticket = await caller.ParkAsync(Prompts.Risky("tell me"));
        await reviewer.OfTicketAsync(ticket);
        await reviewer.RejectAsync(ticket, "no");

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Taken.Count == 3), "the notice is sent until it is taken");
        var notices = receiver.Taken.ToList();
        Assert.Single(notices.Select(n => n.Id).Distinct());
        foreach (var notice in notices)
        {
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{notice.Id}.{notice.Timestamp}.{notice.Body}"));
            Assert.Equal("v1," + Convert.ToBase64String(mac), notice.Signature);
            Assert.DoesNotContain(Prompts.Credential, notice.Body, StringComparison.Ordinal);
        }
        var data = JsonDocument.Parse(notices[0].Body).RootElement.GetProperty("data");
        Assert.Equal(ticket, data.GetProperty("id").GetString());
        Assert.Equal("rejected", data.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_loopback_address_is_refused_unless_it_is_allowed()
    {
        await using var receiver = await Receiver.StartAsync(failFirst: 0);
        var settings = Settings(receiver.Url, allowPrivate: false);
        settings["Webhooks:MostAttempts"] = "2";
        await using var product = await Product.StartAsync(settings);
        using var caller = product.Caller("key-of-a-caller-with-webhook");
        using var reviewer = await product.SignInAsync();
        var ticket = await caller.ParkAsync(Prompts.Risky("into the network"));
        await reviewer.OfTicketAsync(ticket);
        await reviewer.ApproveAsync(ticket);
        using var result = await caller.ResultAsync(ticket);

        await Eventually.TrueAsync(() => Task.FromResult(product.Log.Any(line => line.Contains("is given up after 2 attempts", StringComparison.Ordinal))), "the notice is given up");
        Assert.Empty(receiver.Taken);
    }

    private static Dictionary<string, string> Settings(string url, bool allowPrivate) => new()
    {
        ["Callers:0:Subject"] = "with-webhook", ["Callers:0:Key"] = "key-of-a-caller-with-webhook",
        ["Callers:0:WebhookUrl"] = url, ["Callers:0:WebhookSecret"] = Secret,
        ["Webhooks:AllowPrivate"] = allowPrivate.ToString(), ["Webhooks:FirstBackoff"] = "00:00:00.2",
    };

    private sealed record Notice(string Id, string Timestamp, string Signature, string Body);

    private sealed class Receiver(WebApplication app) : IAsyncDisposable
    {
        public ConcurrentQueue<Notice> Taken { get; } = new();
        public string Url => app.Urls.First() + "/hook";

        public static async Task<Receiver> StartAsync(int failFirst)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var receiver = new Receiver(app);
            app.MapPost("/hook", async (HttpRequest request) =>
            {
                var body = await new StreamReader(request.Body).ReadToEndAsync();
                receiver.Taken.Enqueue(new(request.Headers["webhook-id"]!, request.Headers["webhook-timestamp"]!, request.Headers["webhook-signature"]!, body));
                return Results.StatusCode(receiver.Taken.Count <= failFirst ? 500 : 204);
            });
            await app.StartAsync();
            return receiver;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
