using Gateway.Risk.Attacks.Model;

namespace Training;

/// <summary>Strength to probability by logistic regression on one number.</summary>
internal static class Platt
{
    /// <param name="line">A strength whose probability must not be above <paramref name="most"/>, whatever the fit says: false alarms cost people's time.</param>
    public static Calibration Fit(IReadOnlyList<(float Strength, bool Attack)> held, float line, double most)
    {
        double slope = 1, offset = 0;
        for (var step = 0; step < 100; step++)
        {
            double ga = 0, gb = 0, haa = 1e-9, hab = 0, hbb = 1e-9;
            foreach (var (strength, attack) in held)
            {
                var p = 1 / (1 + Math.Exp(-((slope * strength) + offset)));
                var (g, h) = (p - (attack ? 1 : 0), p * (1 - p));
                (ga, gb, haa, hab, hbb) = (ga + g * strength, gb + g, haa + h * strength * strength, hab + h * strength, hbb + h);
            }
            var det = haa * hbb - hab * hab;
            (slope, offset) = (slope - (hbb * ga - hab * gb) / det, offset - (haa * gb - hab * ga) / det);
        }
        var highest = Math.Log(most / (1 - most)) - slope * line;
        return new((float)slope, (float)Math.Min(offset, highest));
    }
}
