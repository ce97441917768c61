using System.Net.Http.Json;
using Contracts;

namespace WholePath.Support;

/// <summary>The product as on a working day: the demonstration's prompts wait, others were released, rejected and changed.</summary>
public sealed class BusyProduct : IAsyncLifetime
{
    public Product Product { get; private set; } = null!; // set before any test runs

    /// <summary>A ticket that waits, and has others alike.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>A ticket that was released, with its answer.</summary>
    public string Answered { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Product = await Product.StartAsync(new() { ["Known:PerDay"] = "5" }, arguments: "--demo");
        using var caller = Product.Caller();
        using var ada = await Product.SignInAsync();
        using var riley = await Product.SignInAsync("riley");
        for (var order = 1; order <= 3; order++) Waiting = await caller.ParkAsync(Prompts.Risky($"order {order} of the nightly job"));
        Answered = await caller.ParkAsync(Prompts.Risky("the release notes"));
        await ada.OfTicketAsync(Answered);
        await ada.ApproveAsync(Answered);
        var refused = await caller.ParkAsync(Prompts.Risky("somebody else's laptop"));
        await riley.OfTicketAsync(refused);
        await riley.RejectAsync(refused, "Not ours to read.");
        using var result = await caller.ResultAsync(Answered);
        using var plain = await caller.PostAsJsonAsync("/v1/chat/completions", Prompts.Chat("What is a reverse proxy, in one sentence?"), JsonWire.Options);
        plain.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => Product.DisposeAsync();
}
