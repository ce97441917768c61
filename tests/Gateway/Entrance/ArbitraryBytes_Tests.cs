using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Gateway.Prompts;
using Gateway.Tests.Support;

namespace Gateway.Tests.Entrance;

public sealed class ArbitraryBytes_Tests(SharedGateway shared)
{
    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 200];

    /// <summary>A good body with some bytes replaced, removed or doubled: nearly right is where parsers differ.</summary>
    private static Gen<byte[]> NearlyRight(string model) =>
        Gen.Select(Gen.OneOf(Gen.Const(Calls.Body(Calls.Chat, model)), Gen.Const(Calls.Body(Calls.Messages, model)), Gen.Const($$"""{"model":"{{model}}","{{Calls.Secret}}":"x","n":4111111111111111,"a":[[[{}]]]}""")),
            Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 2]).List[1, 4], (body, edits) =>
            {
                var bytes = Encoding.UTF8.GetBytes(body).ToList();
                foreach (var (at, value, kind) in edits)
                {
                    var i = at % bytes.Count;
                    if (kind == 0) bytes[i] = value;
                    else if (kind == 1) bytes.RemoveAt(i);
                    else bytes.Insert(i, value);
                }
                return bytes.ToArray();
            });

    [Fact]
    public async Task Arbitrary_bytes_never_give_a_500_and_reach_the_upstream_only_when_valid()
    {
        var model = shared.Upstream.Model(Answers.Chat("hello"));
        var alice = shared.Host.Caller();
        await Gen.OneOf(Noise, NearlyRight(model)).SampleAsync(async body =>
        {
            var reply = await alice.PostAsync(Calls.Chat, body, "application/json", ("Prefer", "respond-async"));
            // 418 is the mock's word for a model it has no script for.
            Assert.True((int)reply.Status is 200 or 202 or 400 or 403 or 404 or 413 or 418, $"{(int)reply.Status} for {Convert.ToBase64String(body)}");
        }, iter: 600, threads: 4);

        Assert.All(shared.Upstream.For(model), request => JsonDocument.Parse(request.Body).Dispose());
        await shared.Host.AssertHealthyAsync();
    }

    [Fact]
    public void Reading_a_body_either_succeeds_or_says_why_without_quoting_it()
    {
        Gen.OneOf(Noise, NearlyRight("marker-model")).Sample(body =>
        {
            try
            {
                var read = JsonBody.Parse(body);
                Assert.Equal(read.Parts.Count, read.Parts.Select(p => p.Path).Distinct().Count());
            }
            catch (UnreadableBodyException fault)
            {
                Assert.DoesNotContain("marker", fault.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(Calls.Secret, fault.Message, StringComparison.Ordinal);
            }
        }, iter: 20_000);
    }
}
