using System.Text;

namespace Gateway.Risk.Attacks;

/// <summary>Text in tag characters, the invisible shadow of ASCII.</summary>
internal static class TagText
{
    private const int Shortest = 4;

    public static void AddTo(List<Disguise> found, string text)
    {
        for (var at = text.IndexOf('\uDB40'); at >= 0; at = at < text.Length ? text.IndexOf('\uDB40', at) : -1)
        {
            var (start, plain) = (at, new StringBuilder());
            while (at + 1 < text.Length && text[at] == '\uDB40' && text[at + 1] is >= '\uDC20' and <= '\uDC7E')
            {
                plain.Append((char)(text[at + 1] - 0xDC00));
                at += 2;
            }
            if (plain.Length >= Shortest) found.Add(new(start, at, "in invisible tag characters", plain.ToString()));
            if (at == start) at++;
        }
    }
}
