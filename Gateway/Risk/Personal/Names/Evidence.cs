namespace Gateway.Risk.Personal.Names;

internal enum NameKind { Person, Place, Organisation }

/// <summary>What speaks for a run of capitalised words being a name, and of what.</summary>
internal ref struct Evidence(string text, ReadOnlySpan<CapitalWord> run)
{
    private readonly ReadOnlySpan<CapitalWord> run = run;
    private WordBefore? before;

    /// <summary>Read when first asked for: most runs are one ordinary word, and nobody asks.</summary>
    private WordBefore Before => before ??= CapitalRuns.Before(text, run[0].Start);

    /// <summary>Without ordinary words at either end; of what was cut off in front, the last word is the word before.</summary>
    public (Range Words, Lists Before) Trimmed()
    {
        var (first, last) = (0, run.Length - 1);
        for (; first <= last; first++)
        {
            var opens = run[first].Lists.On(Lists.Title) || (first == 0 && run[first].Lists.On(Lists.Naming | Lists.Placing));
            if (!opens && !(IsOrdinary(run[first].Lists) && !StartsPlace(first, last))) break;
        }
        while (last >= first && IsOrdinary(run[last].Lists) && !IsEnding(run[last].Lists) && !IsKnownPlace(run[first..(last + 1)])) last--;
        return last < first ? default : (first..(last + 1), first > 0 ? run[first - 1].Lists : Before.Lists);
    }

    public (NameKind Kind, double Weight) Weigh(ReadOnlySpan<CapitalWord> words, Lists before, Lists after)
    {
        var lonely = words.Length == 1 && Before.StartsSentence && words[0].Start == run[0].Start;
        var person = OfPerson(words) + OfPersonAround(before, after) - (lonely ? 1 : 0);
        var place = OfPlace(words) + (before.On(Lists.Placing) ? 2.5 : before.On(Lists.Near) ? 1.6 : 0) - (lonely && !IsKnownPlace(words) ? 1 : 0);
        var organisation = OfOrganisation(words) + (before.On(Lists.Employing) ? 2 : 0);
        if (organisation >= person && organisation >= place) return (NameKind.Organisation, organisation);
        return person >= place ? (NameKind.Person, person) : (NameKind.Place, place);
    }

    private double OfPersonAround(Lists before, Lists after) =>
        (before.On(Lists.Title) ? 4 : before.On(Lists.Naming) ? (Before.Labelled || !before.On(Lists.NamingToo) ? 2.5 : 1.5) : before.On(Lists.Doing) ? 0.7 : 0)
        + (after.On(Lists.Acting) ? 0.6 : 0);

    private static double OfPerson(ReadOnlySpan<CapitalWord> words)
    {
        if (words.Length > 4) return 0;
        var weight = 0.0;
        var (first, last) = (words[0], words[^1].Lists);
        if (first.Lists.On(Lists.Given)) weight += first.Lists.On(Lists.Word | Lists.Place) ? 0.6 : 2;
        else if (first.IsInitial && words.Length > 1) weight += 1.2;
        else if (!first.Lists.On(Lists.Word | Lists.Place)) weight += words.Length == 1 && !first.Lists.On(Lists.Family) ? 0.4 : 0.7;
        if (words.Length == 1) return weight + (first.Lists.On(Lists.Family) && weight < 2 && !first.Lists.On(Lists.Word) ? 0.8 : 0);
        if (last.On(Lists.Word) && !last.On(Lists.Family)) return weight - 1;
        return weight + (last.On(Lists.Family) ? 1.5 : last.On(Lists.Given) ? 1 : IsEnding(last) ? -1 : 0.8);
    }

    private readonly double OfPlace(ReadOnlySpan<CapitalWord> words)
    {
        if (IsKnownPlace(words)) return words.Length > 1 || !words[0].Lists.On(Lists.Given) ? 2.6 : 1.3;
        if (words.Length > 1 && words[^1].Lists.On(Lists.Street)) return 4;
        if (words.Length > 1 && words[^1].Lists.On(Lists.PlaceEnding)) return 2;
        return words.Length > 3 || words[0].Lists.On(Lists.Word) ? -0.5 : 0.3;
    }

    private readonly double OfOrganisation(ReadOnlySpan<CapitalWord> words) =>
        words.Length > 1 && words[^1].Lists.On(Lists.CompanyEnding) ? 4 : words.Length == 1 && IsPairOfFamilies(words[0]) ? 2 : 0;

    private readonly bool IsPairOfFamilies(CapitalWord word)
    {
        if (!text.AsSpan(word.Start, word.Length).Contains('-')) return false;
        Span<char> lower = stackalloc char[CapitalRuns.LongestWord];
        lower = lower[..text.AsSpan(word.Start, word.Length).ToLowerInvariant(lower)];
        foreach (var part in ((ReadOnlySpan<char>)lower).Split('-'))
        {
            if (!Listed.Of(lower[part]).On(Lists.Family)) return false;
        }
        return true;
    }

    private readonly bool IsKnownPlace(ReadOnlySpan<CapitalWord> words) => words.Length == 1 ? words[0].Lists.On(Lists.Place) : words.Length <= 4 && IsPlace(words);

    private readonly bool IsPlace(ReadOnlySpan<CapitalWord> words)
    {
        if (!words[0].Lists.On(Lists.PlaceBeginning)) return false;
        Span<char> lower = stackalloc char[CapitalRuns.MostWords * (CapitalRuns.LongestWord + 1)];
        var length = 0;
        foreach (var word in words)
        {
            if (length > 0) lower[length++] = ' ';
            length += text.AsSpan(word.Start, word.Length).ToLowerInvariant(lower[length..]);
        }
        return Listed.Of(lower[..length]).On(Lists.Place);
    }

    private static bool IsOrdinary(Lists word) => word.On(Lists.Word) && !word.On(Lists.Given | Lists.Place);

    private static bool IsEnding(Lists word) => word.On(Lists.Street | Lists.PlaceEnding | Lists.CompanyEnding);

    /// <summary>A place may begin with an ordinary word: <c>New York</c>, <c>Silver Lake</c>.</summary>
    private bool StartsPlace(int first, int last) =>
        first < last && ((IsEnding(run[last].Lists) && (!Before.StartsSentence || first > 0)) || IsPlace(run[first..(last + 1)]));
}
