using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Code;

/// <summary>Source code, by how many of a text's lines read like code. Ordinary in prompts, so it weighs little alone.</summary>
internal sealed class CodeDetector : IRiskDetector
{
    /// <summary>Fewer telling lines are a snippet in a sentence.</summary>
    private const int FewestLines = 2;
    private const double LeastDensity = 0.25;

    /// <summary>Longer lines are judged by their beginning.</summary>
    private const int LongestLine = 400;

    private static readonly DetectorProfile Profile = new("code.source", RiskCategory.Code, "CODE",
        ["fix this:\n⟦def add(a, b):\n    total = a + b\n    return total⟧", "⟦int main(void) {\n  printf(\"hi\\n\");\n  return 0;\n}⟧", "⟦SELECT name, id FROM users WHERE id = 4;\nDELETE FROM log WHERE id = 4;⟧",
         "⟦const x = await fetch(url);\nif (!x.ok) { throw new Error('no'); }⟧", "⟦#include <stdio.h>\n#define N 4⟧"],
        ["Write a function that adds two numbers and returns the sum.", "Dear Anna,\nthank you; I will come (with cake).\nBest, Bob", "1. Buy milk;\n2. Buy eggs;", "Please select one from the list where you live.", "import taxes are rising\nfor everyone here"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        var (lines, telling, first, last) = (0, 0, -1, -1);
        foreach (var line in Lines(text.Text))
        {
            var (start, end) = line;
            lines++;
            if (!Telling.Regex.IsMatch(text.Text.AsSpan(start, Math.Min(end - start, LongestLine)))) continue;
            telling++;
            if (first < 0) first = start;
            last = end;
        }
        if (telling < FewestLines || telling < LeastDensity * lines) return;

        var confidence = Math.Min(1, 0.5 + (0.6 * telling / lines));
        found.Add(text.Finding(Profile, first, last, confidence, "Reads like source code."));
    }

    /// <summary>Lines that are not blank, without the white space around them.</summary>
    private static IEnumerable<(int Start, int End)> Lines(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text.IndexOf('\n', at) is >= 0 and var found ? found : text.Length;
            var (start, end) = (at, next);
            while (start < end && char.IsWhiteSpace(text[start])) start++;
            while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
            if (end > start) yield return (start, end);
            at = next + 1;
        }
    }

    private static readonly LazyRegex Telling = new("""
        [=()\[\]{}<>*&"'+\-:/].*;\s*(?://.*)?$|\w\.\w.*;$|^\w+;$|^[\w.<>,\[\]*&: ]*\b\w+\([^)]*\)\s*(?:\{|:|=>|->|throws)|^[{}()\[\]]+[;,)]*$|\{\s*$|^\}.*|^(?:\#\s?(?:include|define|ifdef|ifndef|endif|if|else|pragma)\b|//|/\*|\*/|<\?php|<!--|</?[a-z][\w\-]*[^>]*>$)|
        ^(?:def|async def|class|fn|func|function|public|private|protected|static|const|let|var|struct|enum|interface|namespace|package|using|template|typedef|extern|void|int|char|bool|float|double|long|unsigned|string|auto|val|impl|pub|module|export)\s+[\w<>*&\[\]:.]+\s*(?:[=({;:<\[]|$)|
        ^(?:import|from|require|include|use)\s+['"<]?[\w.*{]+(?:[/:.]|['">;]|\s+(?:import|as|from)\b|$)|^(?:return\b.*[;\w)\]]$|if\s*\(.*|elif\b.*:$|else\s*[:{]?$|for\s*\(.*|for\s+\w+(?:,\s*\w+)?\s+in\s+.*:?$|while\b.*[:{)]$|try\s*[:{]$|except\b.*:$|catch\s*\(.*|switch\s*\(.*|case\s+.*:$|break;?$|continue;?$|pass$)|
        ^[\w.\[\]'"$@\->*:]+\s*(?:[+\-*/|&%.]?=|:=|<<|<-)\s*[^=\s].*[\w)\]}"',;]$|^[\w.$\->:]+\([^)]*\)[;,)]*$|^@\w+(?:\(.*\))?$|^\#!/\S+|^(?:do|done|fi|then|esac|end)$|;\s*(?:do|then)$|^echo\s+["'$\-].*|^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|ALTER TABLE|DROP TABLE)\s+.*|=>|^\$\w+|\w+->\w+|\w+::\w+
        """, RegexOptions.IgnorePatternWhitespace);
}
