using System.Net;
using Gateway.Parking;

namespace Gateway.Tests.Support;

internal static class Tickets
{
    /// <summary>Words that park under the default policy.</summary>
    public static string Risky(string note = "") => $"Why does {Calls.Secret} not work? {note}";

    /// <summary>Parks without waiting and gives the ticket.</summary>
    public static async Task<Ticket> ParkAsync(this GatewayHost host, HttpClient caller, string model, string words = "", string route = Calls.Chat, bool stream = false, params (string, string)[] headers)
    {
        var reply = await caller.PostAsync(route, Calls.Body(route, model, Risky(words), stream), [("Prefer", "respond-async"), .. headers]);
        Assert.True(reply.Status == HttpStatusCode.Accepted, $"{reply.Status}: {reply.Text}");
        return await host.TicketAsync(reply.Header("x-approval-id")!);
    }

    /// <summary>A POST that waits on its connection until there is an answer.</summary>
    public static Task<Reply> WaitForAsync(this HttpClient caller, string model, string words = "", string route = Calls.Chat, bool stream = false) =>
        caller.PostAsync(route, Calls.Body(route, model, Risky(words), stream), ("X-Stainless-Timeout", "600"));
}
