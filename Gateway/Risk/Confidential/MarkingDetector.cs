using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Contracts;

namespace Gateway.Risk.Confidential;

/// <summary>
/// What a document says of itself: a classification as a banner, a label or a handling caveat, and notices that source code is
/// nobody else's. Read line by line: a label stands alone in its line or behind "Classification:"; whoever talks about
/// confidentiality, or asks what a label means, has said nothing confidential.
/// </summary>
internal sealed class MarkingDetector : IRiskDetector
{
    /// <summary>A banner is short; of a longer line only sentences are read, up to the second length.</summary>
    private const int LongestBanner = 120, LongestLine = 600;

    private static readonly DetectorProfile Banner = new("confidential.marking", RiskCategory.Confidential, "CONFIDENTIAL_MARKING",
        ["⟦STRICTLY CONFIDENTIAL⟧\nBudget 2027", "Minutes\n⟦*** Confidential – Internal Use Only ***⟧", "⟦Classification: Restricted⟧\nThe plant in Emden closes.", "⟦TOP SECRET//NOFORN⟧", "⟦TLP:AMBER+STRICT⟧\nIndicators follow.",
         "⟦Streng vertraulich⟧\nProtokoll", "⟦Einstufung: VS-NfD⟧", "⟦[INTERNAL ONLY]⟧ ", "⟦社外秘⟧\n来期の計画", "⟦Privileged & Confidential / Attorney-Client Communication⟧", "⟦SECRET⟧\nRoute of the convoy", "⟦For internal use only.⟧"],
        ["Is this confidential?", "How do I mark a mail as confidential?", "secret", "internal", "Secret", "The confidential part comes later.", "Which is higher, restricted or secret?", "Restricted stock units", "What does TLP:RED mean?", "Confidentiality"]);

    private static readonly DetectorProfile Said = new("confidential.said", RiskCategory.Confidential, "CONFIDENTIAL_MARKING",
        ["⟦This document contains confidential and proprietary information⟧ of Northwind.", "Remember: the report is ⟦for internal use only⟧, thanks.", "⟦Do not distribute outside the company⟧.", "The sheet is ⟦subject to a non-disclosure agreement⟧ with Contoso.", "shared as ⟦TLP:RED⟧ with the board"],
        ["This document is not confidential.", "Does this e-mail contain confidential information?", "Write a clause: who signs keeps the secret.", "Explain the phrase \"for internal use only\", please?"]);

    private static readonly DetectorProfile Notice = new("confidential.proprietary-notice", RiskCategory.Confidential, "PROPRIETARY_NOTICE",
        ["// ⟦Unauthorized copying of this file, via any medium, is strictly prohibited⟧.", "# ⟦SPDX-License-Identifier: LicenseRef-Northwind-Proprietary⟧", "/* ⟦Proprietary and confidential⟧ */", "⟦\"license\": \"UNLICENSED\"⟧,"],
        ["// SPDX-License-Identifier: MIT", "# Copyright 2024 The Authors. Licensed under the Apache License, Version 2.0.", "Unauthorized access to a building is a crime.", "\"license\": \"MIT\""]);

    private static readonly string[] TriggerWords =
        ["confiden", "internal", "restricted", "secret", "classified", "classification", "tlp:", "proprietary", "unlicensed", "unauthori", "privileged", "disclos", "distribut", "embargo", "for official use", "eyes only",
         "vertraulich", "geheim", "intern", "verschluss", "vs-nfd", "diffusion restreinte", "usage interne", "uso interno", "riservat", "reservad", "vertrouwelijk", "poufne"];

    private static readonly TriggerIndex<string> Triggers = new(TriggerWords, trigger => [trigger]);
    private static readonly SearchValues<string> AnyTrigger = SearchValues.Create(TriggerWords, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of which a notice holds one.</summary>
    private static readonly SearchValues<string> NoticeWords = SearchValues.Create(["unauthori", "spdx-license", "proprietary", "\"license\""], StringComparison.OrdinalIgnoreCase);

    /// <summary>Apart from the others: letter case beyond ASCII costs too much to ignore.</summary>
    private static readonly TriggerIndex<string> OtherTriggers = new(
        ["секретно", "СЕКРЕТНО", "Секретно", "служебного", "СЛУЖЕБНОГО", "онфиденциально", "КОНФИДЕНЦИАЛЬНО", "ściśle tajne", "wewnętrznego", "机密", "绝密", "內部", "内部", "社外秘", "極秘", "部外秘", "機密", "대외비", "기밀"], trigger => [trigger], _ => true);

    public static TriggerBeginnings Beginnings => Triggers.Beginnings;

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Banner, Said, Notice];

    public void Detect(InspectedText text, List<Finding> found)
    {
        var read = 0;
        foreach (var (_, at, _) in Triggers.Hits(text.Text, text.TriggerPlaces))
        {
            if (at < read) continue;
            var (start, end) = LineAround(text.Text, at);
            ReadLine(text, start, end, found);
            read = end;
        }
        if (Ascii.IsValid(text.Text)) return;

        read = 0;
        foreach (var (_, at, _) in OtherTriggers.Hits(text.Text))
        {
            if (at < read) continue;
            var (start, end) = LineAround(text.Text, at);
            read = end;
            if (text.Text.AsSpan(start, end - start).IndexOfAny(AnyTrigger) < 0) ReadLine(text, start, end, found); // or it has been read above
        }
    }

    private static void ReadLine(InspectedText text, int start, int end, List<Finding> found)
    {
        var line = text.Text.AsSpan(start, Math.Min(end - start, LongestLine));
        if (line.TrimEnd().EndsWith('?')) return;

        if (line.ContainsAny(NoticeWords))
        {
            foreach (var match in Notices.Regex.EnumerateMatches(line)) found.Add(text.Finding(Notice, start + match.Index, start + match.Index + match.Length, 0.9, "Says that this code or text is not for others to use."));
        }
        var banner = line.Trim();
        if (banner.Length is > 0 and <= LongestBanner && Labels.Fill(banner))
        {
            var from = start + (line.Length - line.TrimStart().Length);
            found.Add(text.Finding(Banner, from, from + banner.Length, 0.95, "Is a classification label."));
            return;
        }
        foreach (var match in Sentences.Regex.EnumerateMatches(line)) found.Add(text.Finding(Said, start + match.Index, start + match.Index + match.Length, 0.7, "Says that this is not for everybody."));
    }

    private static (int Start, int End) LineAround(string text, int at)
    {
        var end = text.IndexOfAny(['\n', '\r'], at);
        return (at == 0 ? 0 : text.LastIndexOfAny(['\n', '\r'], at - 1) + 1, end < 0 ? text.Length : end);
    }

    private static readonly LazyRegex Sentences = new("""
        this(?:\ attached)?\ (?:document|e-?mail|message|file|presentation|report|memo|memorandum|communication|paper|deck|spreadsheet)(?:\ and\ (?:its|any|all)\ [\w ]{1,40})?\ (?:is|are|contains?|may\ contain|includes?)\ (?:strictly\ |highly\ |company\ |legally\ )?(?:privileged(?:\ and|,|\ or)\ )?(?:confidential|proprietary)(?:\ (?:and|or|and/or)\ (?:proprietary|confidential|privileged|legally\ privileged))?(?:\ (?:information|material|data))?|
        for\ internal\ (?:company\ )?use\ only|(?:do\ not|not\ to\ be|must\ not\ be|may\ not\ be)\ (?:distribut|disclos|forward|shar|circulat|publish|reproduc)(?:e|ed)?\ (?:outside|beyond)(?:\ of)?\ (?:the|our|this)\ \w+|subject\ to\ (?:a\ |an\ |the\ )?(?:nda|non-?disclosure\ agreement)|under\ embargo\ until|\btlp:(?:red|amber(?:\+strict)?)\b|
        nur\ für\ den\ internen\ gebrauch|dieses?\ (?:dokument|e-?mail|nachricht|bericht)\ (?:ist|enthält)\ (?:streng\ )?vertraulich\w*|ce\ (?:document|message)\ (?:est|contient\ des\ informations)\ confidentiel\w*|este\ (?:documento|mensaje)\ (?:es|contiene\ información)\ confidencial
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace);

    private static readonly LazyRegex Notices = new("""
        unauthori[sz]ed\ (?:copying|use|reproduction|distribution|disclosure|duplication)(?:,|\ or|\ of|\ and)[^.\n]{1,120}\ (?:prohibited|forbidden)|spdx-license-identifier:\ (?:licenseref-[\w.\-]*(?:proprietary|commercial|internal|confidential)[\w.\-]*|unlicensed|proprietary)|(?:proprietary\ and\ confidential|confidential\ and\ proprietary)(?:\ information|\ property)?|"license"\s?:\s?"unlicensed"
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace);
}
