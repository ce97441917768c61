namespace Gateway.Risk.Personal.Names;

internal enum NameKind { Person, Place, Organisation }

/// <summary>What speaks for a run of capitalised words being a name, and of what.</summary>
internal sealed class Evidence(CapitalRun run)
{
    /// <summary>Without ordinary words at either end; of what was cut off in front, the last word is the word before.</summary>
    public (List<CapitalWord> Words, string Before) Trimmed()
    {
        var (first, last) = (0, run.Words.Count - 1);
        string? before = null;
        for (; first <= last; first++)
        {
            var word = run.Words[first].Lower;
            var opens = Cues.Titles.Contains(word) || (first == 0 && (Cues.Naming.Contains(word) || Cues.Placing.Contains(word)));
            if (!opens && !(IsOrdinary(word) && !StartsPlace(first, last))) break;
            before = word;
        }
        while (last >= first && IsOrdinary(run.Words[last].Lower) && !IsEnding(run.Words[last].Lower) && !IsKnownPlace(run.Words, first, last)) last--;
        return last < first ? ([], "") : (first == 0 && last == run.Words.Count - 1 ? run.Words : run.Words[first..(last + 1)], before ?? run.Before.Word);
    }

    public (NameKind Kind, double Weight) Weigh(List<CapitalWord> words, string before, string after)
    {
        var lonely = words.Count == 1 && run.Before.StartsSentence && words[0].Start == run.Words[0].Start;
        var person = OfPerson(words) + OfPersonAround(before, after) - (lonely ? 1 : 0);
        var place = OfPlace(words) + (Cues.Placing.Contains(before) ? 2.5 : Cues.Near.Contains(before) ? 1.6 : 0) - (lonely && !IsKnownPlace(words) ? 1 : 0);
        var organisation = OfOrganisation(words) + (Cues.Employing.Contains(before) ? 2 : 0);
        if (organisation >= person && organisation >= place) return (NameKind.Organisation, organisation);
        return person >= place ? (NameKind.Person, person) : (NameKind.Place, place);
    }

    private double OfPersonAround(string before, string after) =>
        (Cues.Titles.Contains(before) ? 4 : Cues.Naming.Contains(before) ? (run.Before.Labelled || before is not ("contact" or "owner" or "author") ? 2.5 : 1.5) : Cues.Doing.Contains(before) ? 0.7 : 0)
        + (Cues.Acting.Contains(after) ? 0.6 : 0);

    private static double OfPerson(List<CapitalWord> words)
    {
        if (words.Count > 4) return 0;
        var weight = 0.0;
        var (first, last) = (words[0], words[^1]);
        if (Gazetteer.Given.Contains(first.Lower)) weight += Gazetteer.Words.Contains(first.Lower) || Gazetteer.Places.Contains(first.Lower) ? 0.6 : 2;
        else if (first.IsInitial && words.Count > 1) weight += 1.2;
        else if (!Gazetteer.Words.Contains(first.Lower) && !Gazetteer.Places.Contains(first.Lower)) weight += words.Count == 1 && !Gazetteer.Family.Contains(first.Lower) ? 0.4 : 0.7;
        if (words.Count == 1) return weight + (Gazetteer.Family.Contains(first.Lower) && weight < 2 && !Gazetteer.Words.Contains(first.Lower) ? 0.8 : 0);
        if (Gazetteer.Words.Contains(last.Lower) && !Gazetteer.Family.Contains(last.Lower)) return weight - 1;
        return weight + (Gazetteer.Family.Contains(last.Lower) ? 1.5 : Gazetteer.Given.Contains(last.Lower) ? 1 : IsEnding(last.Lower) ? -1 : 0.8);
    }

    private static double OfPlace(List<CapitalWord> words)
    {
        if (IsKnownPlace(words)) return words.Count > 1 || !Gazetteer.Given.Contains(words[0].Lower) ? 2.6 : 1.3;
        if (words.Count > 1 && Cues.Streets.Contains(words[^1].Lower)) return 4;
        if (words.Count > 1 && Cues.PlaceEndings.Contains(words[^1].Lower)) return 2;
        return words.Count > 3 || Gazetteer.Words.Contains(words[0].Lower) ? -0.5 : 0.3;
    }

    private static double OfOrganisation(List<CapitalWord> words) =>
        words.Count > 1 && Cues.CompanyEndings.Contains(words[^1].Lower) ? 4 : words is [{ Lower: var one }] && one.Contains('-') && one.Split('-').All(Gazetteer.Family.Contains) ? 2 : 0;

    private static bool IsKnownPlace(List<CapitalWord> words) => IsKnownPlace(words, 0, words.Count - 1);

    private static bool IsKnownPlace(List<CapitalWord> words, int first, int last) =>
        first == last ? Gazetteer.Places.Contains(words[first].Lower) : last - first < 4 && IsPlace(words, first, last);

    private static bool IsPlace(List<CapitalWord> words, int first, int last) =>
        Gazetteer.PlaceBeginnings.Contains(words[first].Lower) && Gazetteer.Places.Contains(string.Join(' ', words[first..(last + 1)].Select(word => word.Lower)));

    private static bool IsOrdinary(string word) => Gazetteer.Words.Contains(word) && !Gazetteer.Given.Contains(word) && !Gazetteer.Places.Contains(word);

    private static bool IsEnding(string word) => Cues.Streets.Contains(word) || Cues.PlaceEndings.Contains(word) || Cues.CompanyEndings.Contains(word);

    /// <summary>A place may begin with an ordinary word: <c>New York</c>, <c>Silver Lake</c>.</summary>
    private bool StartsPlace(int first, int last) =>
        first < last && (IsEnding(run.Words[last].Lower) && (!run.Before.StartsSentence || first > 0) || IsPlace(run.Words, first, last));
}
