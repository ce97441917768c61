using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Contracts.Api;
using Gateway.Tests.Support;

namespace Gateway.Tests.Callers;

/// <summary>What a person does with keys over the API.</summary>
internal static class Keys
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static IssueKey Asked(string account = "reports") => new()
    {
        OperationId = Guid.NewGuid(), Account = account, Name = "Nightly reports", Reason = "For the nightly reports.", ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(30),
    };

    public static async Task<IssuedKey> IssueAsync(this HttpClient person, IssueKey? asked = null)
    {
        var reply = await person.TryIssueAsync(asked ?? Asked());
        Assert.True(reply.Status == HttpStatusCode.OK, $"{reply.Status}: {reply.Text}");
        return JsonSerializer.Deserialize<IssuedKey>(reply.Body, JsonWire.Options)!;
    }

    public static Task<Reply> TryIssueAsync(this HttpClient person, IssueKey asked) => person.PostAsync("/api/keys", JsonSerializer.Serialize(asked, JsonWire.Options));

    public static Task<Reply> RevokeAsync(this HttpClient person, Guid id, string reason = "It leaked.") =>
        person.PostAsync($"/api/keys/{id}/revoke", JsonSerializer.Serialize(new RevokeKey(reason), JsonWire.Options));

    public static async Task<IReadOnlyList<ApiKeyView>> ListAsync(this HttpClient person) => (await person.GetFromJsonAsync<List<ApiKeyView>>("/api/keys", JsonWire.Options, Ct))!;

    public static Task<Reply> ChatAsync(this GatewayHost host, string key, string model) => host.Caller(key).PostAsync(Calls.Chat, Calls.Body(Calls.Chat, model));
}
