using System.Runtime.Intrinsics;

namespace Gateway.Risk.Attacks.Model;

/// <summary>From the heads' sums to one probability, fitted on texts that the weights had not seen.</summary>
internal readonly record struct Calibration(float Slope, float Offset)
{
    /// <summary>Half what attacks have in common, half what one kind of them has.</summary>
    public static float Strength(Vector128<float> logits) =>
        (0.5f * logits[AttackModel.Any]) + (0.5f * Math.Max(logits[0], Math.Max(logits[1], logits[2])));

    public double Probability(float strength) => 1 / (1 + Math.Exp(-((Slope * strength) + Offset)));
}
