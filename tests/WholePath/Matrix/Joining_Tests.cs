using System.Net.Http.Json;
using System.Text.Json;
using WholePath.Support;

namespace WholePath.Matrix;

/// <summary>Which requests are one call: what joins a ticket, what opens another, and what is refused.</summary>
public sealed class Joining_Tests(WireHouse wire)
{
    [Fact]
    public async Task The_same_call_joins_and_every_join_is_counted_and_recorded()
    {
        var (house, model, cell) = await wire.NextAsync();
        using var caller = house.Caller();

        var calls = Enumerable.Range(0, 8).Select(_ => caller.PostAsync(Wire.Chat, cell)).ToList();
        var review = await house.Desk.ReviewOfAsync(cell);
        await Eventually.TrueAsync(async () => await JoinsAsync(caller, review) == 7, "seven calls have joined");
        await house.Desk.ApproveAsync(review);

        foreach (var call in calls)
        {
            using var response = await call;
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Contains(ScriptedModel.Answer, await WordsAsync(response), StringComparison.Ordinal);
        }
        Assert.Equal(1, model.ExecutionsOf(cell));
        Assert.Single(await house.Desk.AllOfAsync(cell));
        var joined = (await house.Desk.TrailAsync(review)).Where(entry => entry.Kind == "joined").ToList();
        Assert.Equal(7, joined.Select(entry => entry.InteractionId).Distinct().Count());
    }

    [Theory]
    [InlineData(Wire.Chat)]
    [InlineData(Wire.Messages)]
    public async Task A_key_that_named_another_request_gets_no_answer_that_is_not_its_own(string route)
    {
        var (house, model, cell) = await wire.NextAsync();
        using var caller = house.Caller();
        var key = ("Idempotency-Key", $"key of {cell}");

        var first = caller.PostAsync(route, cell, headers: [key]);
        var review = await house.Desk.ReviewOfAsync(cell);
        using var other = await caller.PostAsync(route, cell, extra: " And now something else.", headers: [key]);
        await house.Desk.ApproveAsync(review);
        using var answer = await first;
        using var late = await caller.PostAsync(route, cell, extra: " And now something else.", headers: [key]);
        using var same = await caller.PostAsync(route, cell, headers: [key]);

        foreach (var refused in new[] { other, late })
        {
            Assert.Equal(422, (int)refused.StatusCode);
            var error = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
            Assert.Equal("idempotency_key_reused", error.GetProperty("code").GetString());
            Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
            Assert.Contains(review, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(await WordsAsync(answer), await WordsAsync(same));
        Assert.Equal(1, model.ExecutionsOf(cell));
        Assert.Single(await house.Desk.AllOfAsync(cell));
    }

    [Fact]
    public async Task Other_keys_and_the_wish_for_a_review_of_its_own_open_other_reviews()
    {
        var (house, _, cell) = await wire.NextAsync();
        using var caller = house.Caller();
        (string, string) later = ("Prefer", "respond-async");

        var tickets = new HashSet<string>();
        foreach (var header in new[] { ("Idempotency-Key", $"{cell} one"), ("Idempotency-Key", $"{cell} two"), ("x-approval-new", "true"), ("x-approval-new", "true"), ("x-approval-new", "false") })
        {
            using var response = await caller.PostAsync(Wire.Chat, cell, headers: [later, header]);
            Assert.True(tickets.Add(response.Header("x-approval-id")), "Two calls that should differ are one.");
        }

        using var again = await caller.PostAsync(Wire.Chat, cell, headers: [later, ("Idempotency-Key", $"{cell} two")]);
        Assert.False(tickets.Add(again.Header("x-approval-id")), "The same key and content opened another ticket.");
        await Eventually.TrueAsync(async () => (await house.Desk.AllOfAsync(cell)).Count == tickets.Count, "each ticket has its review");
    }

    [Fact]
    public async Task A_client_that_hangs_up_while_the_model_thinks_gets_that_very_answer_when_it_comes_back()
    {
        var (house, model, cell) = await wire.NextAsync(Script.Stall);
        using var caller = house.Caller();
        using var impatience = new CancellationTokenSource();

        var first = caller.PostAsync(Wire.Chat, cell, ct: impatience.Token);
        await house.Desk.ApproveAsync(await house.Desk.ReviewOfAsync(cell));
        await Eventually.TrueAsync(() => Task.FromResult(model.ExecutionsOf(cell) == 1), "the model is asked");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = caller.PostAsync(Wire.Chat, cell);
        model.GoOn(cell);

        using var response = await second;
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains(ScriptedModel.Answer, await WordsAsync(response), StringComparison.Ordinal);
        Assert.Equal(1, model.ExecutionsOf(cell));
    }

    private static async Task<int> JoinsAsync(HttpClient caller, string ticket) =>
        (await caller.GetFromJsonAsync<JsonElement>($"/v1/approvals/{ticket}")).GetProperty("joins").GetInt32();

    /// <summary>All strings of the body, whatever escapes they were written with.</summary>
    private static async Task<string> WordsAsync(HttpResponseMessage response)
    {
        static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Strings(property.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
            JsonValueKind.String => [element.GetString()!], // a string is not null
            _ => [],
        };
        return string.Join('\n', Strings(await response.Content.ReadFromJsonAsync<JsonElement>()));
    }
}
