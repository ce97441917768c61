using System.Net;
using WholePath.Matrix;

namespace WholePath.Support;

/// <summary>A running product with its own clocks, and the reviewer who sits before its queue.</summary>
internal sealed class House : IAsyncDisposable
{
    private House(Product product, Desk desk) => (Product, Desk) = (product, desk);

    public Product Product { get; }
    public Desk Desk { get; }

    /// <param name="callers">Subjects of callers, each with a key of its own.</param>
    /// <param name="clocks">Settings in which this house differs from others.</param>
    public static async Task<House> OpenAsync(ScriptedModel model, IEnumerable<string> callers, params (string, string)[] clocks)
    {
        var settings = new Dictionary<string, string> { ["Policy:UndoWindow"] = "00:00:00" };
        foreach (var (i, caller) in callers.Index())
        {
            settings[$"Callers:{i}:Subject"] = caller;
            settings[$"Callers:{i}:Key"] = KeyOf(caller);
        }
        foreach (var (name, value) in model.Settings().Concat(clocks)) settings[name] = value;
        var product = await Product.StartAsync(settings);
        var house = new House(product, await Desk.OpenAsync(product));
        await house.GoOnceThroughAsync(model, callers.First());
        return house;
    }

    /// <summary>A process that has just started takes seconds for what it does the first time, longer than a short hold: once through all of it before a test counts on the clock.</summary>
    private async Task GoOnceThroughAsync(ScriptedModel model, string subject)
    {
        using var caller = CallerNamed(subject);
        for (var time = 0; !await InTimeAsync($"w{time:000}"); time++) Assert.True(time < 5, "a vote never comes before its deadline");

        async Task<bool> InTimeAsync(string cell)
        {
            model.Expect(cell, Script.Answer);
            var call = caller.PostAsync(Wire.Chat, cell);
            try
            {
                await Desk.ApproveAsync(await Desk.ReviewOfAsync(cell));
                return true;
            }
            catch (HttpRequestException late) when (late.StatusCode == HttpStatusCode.Conflict)
            {
                return false; // on a busy machine the first time may take longer than a short deadline
            }
            finally
            {
                using var answer = await call;
            }
        }
    }

    public static string KeyOf(string caller) => $"key-of-the-caller-{caller}";

    public HttpClient CallerNamed(string caller) => Product.Caller(KeyOf(caller));

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Product.DisposeAsync();
    }
}
