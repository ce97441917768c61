using Contracts;
using Gateway.Risk.Advice;
using Microsoft.ML.OnnxRuntime;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace Gateway.Risk.Classifiers;

/// <summary>
/// A sequence classifier in this process. It tells how likely a stretch of text is of one kind; which words make it so it does
/// not tell, so its findings span whole windows.
/// </summary>
#pragma warning disable CA1001 // Its session lives as long as the process: see LoadedClassifiers.
internal sealed class Classifier : IAdviser
#pragma warning restore CA1001
{
    private const string Ids = "input_ids", Attention = "attention_mask", Types = "token_type_ids";

    private readonly ClassifierOptions options;
    private readonly Vocabulary vocabulary;
    private readonly DetectorProfile profile;
    private readonly InferenceSession session;
    private readonly string output;
    private readonly int room;

    /// <summary>Where the export fixed how many tokens it takes, shorter windows are filled up.</summary>
    private readonly int? fixedLength;

    /// <exception cref="InvalidDataException">It does not take or give what a sequence classifier does.</exception>
    public Classifier(ClassifierOptions options)
    {
        this.options = options;
        Terms = new(options.Detector, $"the classifier {options.Name}", options.Timeout, options.LongestText, options.AtOnce);
        profile = new(options.Detector, options.Category, options.Type, [], []);
        vocabulary = Vocabulary.Read(options.Vocabulary, options.Cased);
        OrtEnv.Instance().DisableTelemetryEvents(); // on Windows it would report to its maker
        using var settings = new SessionOptions { IntraOpNumThreads = options.Threads, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"); // threads that wait for work leave the cores to the gateway
        session = new InferenceSession(options.Model, settings);
        (fixedLength, output) = (CheckInputs(), CheckOutputs());
        room = Math.Min(options.MaxTokens, fixedLength ?? int.MaxValue) - 2; // between the first and the last
        if (room < 1) throw new InvalidDataException("its windows have no room for a text.");
    }

    public AdviserTerms Terms { get; }

    /// <summary>Runs on the thread it is called on, which is one of the pool's and never more than <see cref="ClassifierOptions.AtOnce"/> of them.</summary>
    public Task<IReadOnlyList<Mark>> AskAsync(string text, CancellationToken ct)
    {
        List<Mark> marks = [];
        var read = 0;
        var behind = 0;
        foreach (var window in Windows.Over([.. vocabulary.Read(text, ct)], room))
        {
            if (read++ == options.MostWindows)
            {
                marks.Add(Terms.NotInspected(behind, text.Length, $"The text is longer than {options.MostWindows} windows"));
                break;
            }
            behind = window.End;
            var probability = Probability(window.Tokens, ct);
            if (probability >= options.Threshold) Add(marks, window, probability);
        }
        return Task.FromResult<IReadOnlyList<Mark>>(marks);
    }

    /// <summary>Windows that overlap say the same thing once: the surest counts.</summary>
    private void Add(List<Mark> marks, Window window, double probability)
    {
        if (marks is [.., var last] && last.End > window.Start) marks[^1] = last with { End = window.End, Confidence = Math.Max(last.Confidence, probability) };
        else marks.Add(new(profile, window.Start, window.End, probability, $"The classifier {options.Name} takes this stretch for {options.Type}."));
    }

    private double Probability(IReadOnlyList<int> tokens, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        long[] ids = [vocabulary.First, .. tokens.Select(token => (long)token), vocabulary.Last];
        var filled = fixedLength ?? ids.Length;
        long[] shape = [1, filled];
        var attention = new long[filled];
        attention.AsSpan(0, ids.Length).Fill(1);
        Array.Resize(ref ids, filled);
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var attentionValue = OrtValue.CreateTensorValueFromMemory(attention, shape);
        using var typesValue = OrtValue.CreateTensorValueFromMemory(new long[filled], shape);
        var inputs = session.InputNames.ToDictionary(name => name, name => name switch { Ids => idsValue, Attention => attentionValue, _ => typesValue });

        using var run = new RunOptions();
        using var stop = ct.Register(() => run.Terminate = true);
        try
        {
            using var results = session.Run(run, inputs, [output]);
            return Probability(results[0].GetTensorDataAsSpan<float>());
        }
        catch (OnnxRuntimeException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct); // it says so in its own way
        }
    }

    private double Probability(ReadOnlySpan<float> logits)
    {
        var classes = logits.Length;
        if (classes == 0 || options.Labels.Any(label => label < 0 || label >= classes)) throw new InvalidDataException($"it gives {classes} classes, and Labels names others.");
        var probability = classes == 1 ? 1 / (1 + Math.Exp(-logits[0])) : Softmax(logits, options.Labels.Count > 0 ? options.Labels : [classes - 1]);
        return probability is >= 0 and <= 1.000001 ? Math.Min(probability, 1) : throw new InvalidDataException("it gives no numbers.");
    }

    private static double Softmax(ReadOnlySpan<float> logits, IReadOnlyList<int> labels)
    {
        var top = double.NegativeInfinity;
        foreach (var logit in logits) top = Math.Max(top, logit);
        var (whole, risky) = (0.0, 0.0);
        for (var i = 0; i < logits.Length; i++)
        {
            var share = Math.Exp(logits[i] - top);
            whole += share;
            if (labels.Contains(i)) risky += share;
        }
        return risky / whole;
    }

    private int? CheckInputs()
    {
        var inputs = session.InputMetadata;
        if (!inputs.ContainsKey(Ids) || !inputs.ContainsKey(Attention) || inputs.Keys.Any(name => name is not (Ids or Attention or Types)))
            throw new InvalidDataException($"its inputs must be {Ids}, {Attention} and perhaps {Types}, and are {string.Join(", ", inputs.Keys)}.");
        if (inputs.Values.Any(input => input.ElementType != typeof(long) || input.Dimensions.Length != 2 || input.Dimensions[0] > 1))
            throw new InvalidDataException("its inputs must be int64 of two dimensions, one text at a time.");
        return inputs[Ids].Dimensions[1] is > 0 and var length ? length : null;
    }

    private string CheckOutputs()
    {
        var name = session.OutputNames.Contains("logits") ? "logits" : session.OutputNames[0];
        if (session.OutputMetadata[name] is not { } logits || logits.ElementType != typeof(float) || logits.Dimensions.Length != 2)
            throw new InvalidDataException($"its output {name} must be float of two dimensions: a number for each class.");
        return name;
    }
}
