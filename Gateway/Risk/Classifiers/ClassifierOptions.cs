using Contracts;

namespace Gateway.Risk.Classifiers;

/// <summary>A sequence classifier in a file of this installation, run in this process on the CPU.</summary>
internal sealed class ClassifierOptions
{
    /// <summary>Small letters, digits and dashes; its findings are called <c>attack.own-name</c>, after its category.</summary>
    public string Name { get; set; } = "";

    public string Detector => $"{Category.ToString().ToLowerInvariant()}.own-{Name}";

    /// <summary>Attack, code or confidential: it tells which kind a text is and no places to mask.</summary>
    public RiskCategory Category { get; set; } = RiskCategory.Attack;

    /// <summary>Capitals and underscores; a policy names it.</summary>
    public string Type { get; set; } = "PROMPT_INJECTION";

    /// <summary>An <c>.onnx</c> file that takes <c>input_ids</c>, <c>attention_mask</c> and perhaps <c>token_type_ids</c>.</summary>
    public string Model { get; set; } = "";

    /// <summary>The model's own: WordPiece (<c>vocab.txt</c>) or SentencePiece (<c>.model</c>).</summary>
    public string Vocabulary { get; set; } = "";

    /// <summary>WordPiece only: capitals are letters of their own.</summary>
    public bool Cased { get; set; }

    /// <summary>Which outputs are the risky classes, from 0; none is the last one. Their probabilities add up.</summary>
    public List<int> Labels { get; set; } = [];

    /// <summary>From this probability on it is found, 0.3 to 1.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>Texts it must find, and must spare; where it does not, the gateway does not start. A vocabulary of another model shows here and nowhere else.</summary>
    public List<string> Finds { get; set; } = [];
    public List<string> Spares { get; set; } = [];

    /// <summary>Of one window, the two around the text included.</summary>
    public int MaxTokens { get; set; } = 512;

    /// <summary>A longer text is cut into windows; what is behind the last of them counts as not inspected.</summary>
    public int MostWindows { get; set; } = 16;

    /// <summary>In UTF-16 units; a longer text is not read at all and counts as not inspected.</summary>
    public int LongestText { get; set; } = 100_000;

    /// <summary>For all texts of one prompt together, at most a minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Cores for one text, and texts at once: their product is what it can take from the gateway.</summary>
    public int Threads { get; set; } = 1;
    public int AtOnce { get; set; } = 1;
}
