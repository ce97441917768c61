using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Risk.Advice;

/// <summary>
/// Asks one adviser about the texts of prompts, within its terms. What it said is kept for a while by the text's digest, since a
/// conversation sends the same texts again at every turn. Where it fails, the text gets a finding that says so.
/// </summary>
internal sealed class Consultation(IAdviser adviser, TimeProvider clock) : IDisposable
{
    /// <summary>Of one prompt: many texts must not take every turn from the other prompts.</summary>
    private const int AtOnceOfOnePrompt = 4;
    private const int MostKept = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly AdviserTerms terms = adviser.Terms;
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim turns = new(adviser.Terms.AtOnce);

    /// <summary>What it finds in each part, in their order. Throws only where the caller has gone.</summary>
    public async Task<IReadOnlyList<Finding>[]> AskAsync(IReadOnlyList<PromptPart> parts, CancellationToken ct)
    {
        var found = new IReadOnlyList<Finding>[parts.Count];
        using var patience = new CancellationTokenSource(terms.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var width = Math.Min(AtOnceOfOnePrompt, terms.AtOnce);
        await Parallel.ForAsync(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = width, CancellationToken = ct }, async (i, _) => found[i] = Place(parts[i], await MarksAsync(parts[i].Text, ct, both.Token)));
        return found;
    }

    private static IReadOnlyList<Finding> Place(PromptPart part, IReadOnlyList<Mark> marks)
    {
        var view = new InspectedText(part);
        return [.. marks.Select(mark => view.Finding(mark.Profile, mark.Start, mark.End, mark.Confidence, mark.Reason))];
    }

    private async Task<IReadOnlyList<Mark>> MarksAsync(string text, CancellationToken caller, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        if (text.Length > terms.LongestText) return [terms.NotInspected(0, text.Length, "The text is longer than it is asked about")];
        try
        {
            return await RememberAsync(text, ct);
        }
        // Whatever went wrong in there, the text was not inspected, and that must weigh.
        catch (Exception fault) when (!caller.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            return [terms.NotInspected(0, text.Length, fault is OperationCanceledException ? "It did not answer in time" : $"Asking it failed with {fault.GetType().Name}")];
        }
    }

    private async Task<IReadOnlyList<Mark>> RememberAsync(string text, CancellationToken ct)
    {
        var digest = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
        if (kept.TryGetValue(digest, out IReadOnlyList<Mark>? marks) && marks is not null) return marks;
        await turns.WaitAsync(ct);
        try
        {
            marks = await adviser.AskAsync(text, ct);
        }
        finally
        {
            turns.Release();
        }
        kept.Set(digest, marks, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeptFor });
        return marks;
    }

    public void Dispose()
    {
        kept.Dispose();
        turns.Dispose();
    }
}
