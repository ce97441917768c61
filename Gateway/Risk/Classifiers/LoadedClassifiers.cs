using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Gateway.Risk.Classifiers;

/// <summary>
/// Each model is loaded once, for the check at the start and for the scorer after it. They live as long as the process: to free one
/// under a run that is not over would be a crash.
/// </summary>
internal sealed class LoadedClassifiers
{
    private static readonly TimeSpan LongestTrial = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Classifier> loaded = [];

    public Classifier Load(ClassifierOptions options)
    {
        var settings = JsonSerializer.Serialize(options);
        lock (loaded) return loaded.TryGetValue(settings, out var classifier) ? classifier : loaded[settings] = new Classifier(options);
    }

    /// <summary>Why it cannot be used; null where it can. Tries it, since a file that loads may still be the wrong one.</summary>
    public string? WhyNot(ClassifierOptions options)
    {
        try
        {
            var classifier = Load(options);
            using var patience = new CancellationTokenSource(LongestTrial);
            bool Finds(string text) => classifier.AskAsync(text, patience.Token).GetAwaiter().GetResult().Count > 0; // it waits for nothing
            Finds("a"); // shows classes that are not there
            if (options.Finds.FindIndex(text => !Finds(text)) is >= 0 and var missed) return $"it does not find Finds:{missed}; look at Vocabulary, Labels and Threshold.";
            return options.Spares.FindIndex(Finds) is >= 0 and var taken ? $"it does not spare Spares:{taken}; look at Vocabulary, Labels and Threshold." : null;
        }
        catch (OperationCanceledException)
        {
            return "it does not come to an end with a few words.";
        }
        // The libraries throw what they like at a file that is not theirs; whatever it is, the start is refused with it.
        catch (Exception unusable) when (unusable is not OutOfMemoryException)
        {
            return unusable is OnnxRuntimeException or IOException or InvalidDataException or UnauthorizedAccessException ? unusable.Message : $"{unusable.GetType().Name}: {unusable.Message}";
        }
    }
}
