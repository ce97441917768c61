namespace ApprovalsUI.Client.Triage;

/// <summary>A score as a word.</summary>
public enum RiskBand
{
    Low,
    Medium,
    High,
    Severe,
}

internal static class RiskBands
{
    internal static RiskBand Of(int score) => score switch { < 30 => RiskBand.Low, < 60 => RiskBand.Medium, < 90 => RiskBand.High, _ => RiskBand.Severe };
}
