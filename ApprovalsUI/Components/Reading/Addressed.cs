using System.Text.RegularExpressions;

namespace ApprovalsUI.Components.Reading;

/// <summary>What a text that speaks to its reviewer tries.</summary>
internal enum Address
{
    SaysApproved,
    GivesOrders,
    ImitatesConsole,
}

/// <summary>Phrases meant for whoever decides, not for the model. An aid to reading: no score depends on it.</summary>
/// <param name="Words">As they stand in the text, shortened.</param>
internal sealed partial record Addressed(Address Kind, string Words)
{
    private const int MaxFound = 4;
    private const int MaxWords = 120;

    private static readonly (Address Kind, Regex Phrases)[] Kinds =
    [
        (Address.SaysApproved, Approved()), (Address.SaysApproved, Genehmigt()), (Address.SaysApproved, Approuve()), (Address.SaysApproved, Aprobado()),
        (Address.GivesOrders, Orders()), (Address.GivesOrders, Befehle()), (Address.GivesOrders, Ordres()), (Address.GivesOrders, Ordenes()),
        (Address.ImitatesConsole, Chrome()),
    ];

    /// <returns>At most a few, in the order of the text.</returns>
    internal static IReadOnlyList<Addressed> Find(string text)
    {
        var plain = new PlainWords(text);
        return [.. Kinds.SelectMany(kind => kind.Phrases.Matches(plain.Text).Take(MaxFound).Select(match => (kind.Kind, match.Index, match.Length)))
            .OrderBy(found => found.Index).DistinctBy(found => found.Index).Take(MaxFound)
            .Select(found => new Addressed(found.Kind, plain.Original(found.Index, Math.Min(found.Length, MaxWords))))];
    }

    // The texts have small letters, one space between words and no accents.
    [GeneratedRegex(
        @"\b(?:this|the)(?: \w+)? (?:prompt|request|message|text|conversation|call|query|content)(?: \w+)? (?:was|is|has been|have been|had been) (?:\w+ )?(?:pre-?)?(?:approved|cleared|authorized|authorised|vetted|signed off|whitelisted|reviewed and)\b|" +
        @"\bthis (?:was|has|is) (?:already |previously )(?:been )?(?:approved|cleared|authorized|authorised|vetted|reviewed|signed off)\b|" +
        @"\b(?:pre-?approved|approved|cleared|authorized|authorised|signed off) by (?:the |your |our )?(?:(?:it|info|cyber) ?)?(?:security|compliance|legal|reviewers?|moderators?|security team|ciso|gateway|administrators?|admins?)\b|" +
        @"\bno (?:further |human |more |additional |manual )?(?:review|approval) (?:is |was )?(?:needed|required|necessary)\b|" +
        @"\b(?:is|are) safe to (?:release|approve|forward)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Approved();

    [GeneratedRegex(
        @"\b(?:diese[rs]?|die|der)(?: \w+)? (?:anfrage|nachricht|text|prompt|eingabe|inhalt)(?: \w+)? (?:wurde|ist|war) (?:bereits |schon |vorab )?(?:\w+ )?(?:genehmigt|freigegeben|gepruft|freigeschaltet|zugelassen)\b|" +
        @"\b(?:bereits|schon|vorab) (?:genehmigt|freigegeben|freigeschaltet)(?: worden)?(?: von| durch|[.!])|" +
        @"\b(?:von|durch) (?:der |die |dem |den )?(?:it-)?(?:sicherheit|compliance|rechtsabteilung|sicherheitsabteilung|sicherheitsteam|prufern?) (?:genehmigt|freigegeben|gepruft)\b|" +
        @"\bkeine (?:weitere |erneute |manuelle )?(?:prufung|freigabe|genehmigung) (?:ist )?(?:notig|erforderlich|notwendig)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Genehmigt();

    [GeneratedRegex(
        @"\b(?:cette|ce|la|le)(?: \w+)? (?:demande|requete|message|texte|prompt|contenu)(?: \w+)? (?:a|est|fut) (?:deja |ete )*(?:approuvee?|validee?|autorisee?|verifiee?)\b|" +
        @"\b(?:approuve|valide|autorise)e? par (?:la |le |l'|notre |votre )?(?:securite|conformite|direction|service juridique|equipe de securite|administrateur)\b|" +
        @"\baucune (?:autre |nouvelle )?(?:verification|validation|approbation|revue) (?:n'est )?(?:necessaire|requise)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Approuve();

    [GeneratedRegex(
        @"\b(?:esta?e?|la|el)(?: \w+)? (?:solicitud|peticion|mensaje|texto|prompt|contenido)(?: \w+)? (?:ya |fue |esta |ha sido )+(?:aprobad[oa]|autorizad[oa]|revisad[oa]|validad[oa])\b|" +
        @"\b(?:aprobad|autorizad|validad)[oa] por (?:el |la |nuestro |su )?(?:seguridad|cumplimiento|direccion|equipo de seguridad|administrador|departamento legal)\b|" +
        @"\bno (?:se )?(?:requiere|necesita|hace falta) (?:mas |otra |ninguna )?(?:revision|aprobacion)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Aprobado();

    [GeneratedRegex(
        @"\b(?:dear |hey |hello |hi |attention,? |to the |@)?(?:human )?(?:reviewers?|moderators?|approvers?|auditors?) ?[:,!] ?(?:please |just |you (?:can|may|should|must) |kindly )?(?:press|click|hit|approve|release|ignore|skip|accept|allow|let this|do not|don't|this (?:is|was|has)|no need)\b|" +
        @"\b(?:note|message|instructions?|memo) (?:to|for) (?:the |our |my )?(?:human )?(?:reviewers?|moderators?|approvers?)\b|" +
        @"\b(?:please |now |just |simply )(?:release|approve) this (?:prompt|request|message|text|conversation)\b|" +
        @"\b(?:press|click|hit|choose) (?:on )?(?:the )?[""'“„«]?(?:release|approve)[""'”“»]? (?:now|button now|above|below|to continue|on the right|and move on|immediately|at once)\b|" +
        @"\b(?:ignore|disregard|dismiss) (?:the |all |any |these |all the )?(?:red |yellow )?(?:warnings?|findings?|highlights?|flags?|alerts?|marks) (?:above|below|here|beside|next to this|on this page|on the right|in this prompt|of the (?:gateway|scanner|console))\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Orders();

    [GeneratedRegex(
        @"\b(?:liebe[rs]? |an den |an die |achtung,? )?(?:prufer(?:in|innen)?|prufende|freigeber(?:in)?|gutachter(?:in)?) ?[:,!] ?(?:bitte |einfach )?(?:druck|klick|geben sie|gib|ignorier|genehmig|das ist|dies ist|diese|lass)|" +
        @"\b(?:hinweis|nachricht|anweisung) (?:an|fur) (?:den|die) (?:prufer|prufende|freigeber)|" +
        @"\bbitte (?:diese[ns]? )(?:anfrage|prompt|text|nachricht) (?:freigeben|genehmigen)\b|" +
        @"\b(?:drucken|klicken|drucke|klicke) (?:sie )?(?:jetzt )?(?:auf )?[""'“„«]?(?:freigeben|genehmigen)\b|" +
        @"\bignorier(?:e|en sie|t)? (?:bitte )?(?:die|alle) (?:warnungen|hinweise|markierungen|funde) (?:oben|unten|hier|daneben|rechts)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Befehle();

    [GeneratedRegex(
        @"\b(?:cher |chere |attention,? )?(?:relect(?:eur|rice)s?|revis(?:eur|eure)s?|moderat(?:eur|rice)s?|verificat(?:eur|rice)s?) ?[:,!] ?(?:merci de |veuillez )?(?:appuye|clique|approuve|valide|libere|ignore|ceci|cette|laisse)|" +
        @"\b(?:note|message|consigne) (?:au|aux|pour le|pour les|a l'attention du) (?:relecteur|moderateur|reviseur|verificateur)|" +
        @"\b(?:appuyez|cliquez) (?:maintenant )?(?:sur )?[""'“„«]? ?(?:liberer|approuver|valider) ?[""'”»]? ?(?:maintenant|ci-dessous|a droite|pour continuer)|" +
        @"\bignore[zr] (?:les|tous les|toutes les) (?:avertissements|alertes|signalements) (?:ci-dessus|ci-dessous|a droite|a cote)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ordres();

    [GeneratedRegex(
        @"\b(?:estimad[oa] |atencion,? )?(?:revisor|moderador|aprobador)(?:a|es|as)? ?[:,!] ?(?:por favor,? )?(?:pulse|presione|haga clic|apruebe|libere|ignore|esto|esta|deje)|" +
        @"\b(?:nota|mensaje|instruccion) (?:para|al) (?:el |la |los )?(?:revisor|moderador|aprobador)|" +
        @"\b(?:pulse|presione|haga clic) (?:ahora )?(?:en )?[""'“„«]?(?:liberar|aprobar)[""'”»]? ?(?:ahora|abajo|a la derecha|para continuar)|" +
        @"\bignore (?:las|los|todas las|todos los) (?:advertencias|alertas|avisos) (?:de arriba|anteriores|de abajo|de la derecha)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Ordenes();

    [GeneratedRegex(
        @"\b(?:risk|risiko|risque|riesgo)(?: score)? ?[:=]? ?\d{1,3} ?(?:of|von|sur|de|/) ?100\b|" +
        @"\brisk score ?[:=] ?0\b|" +
        @"[\[【](?:approved|released|verified safe|cleared|no risk|safe to release|genehmigt|freigegeben|approuve|libere|aprobado|liberado)[\]】]|" +
        @"\b(?:status|decision|verdict|review status|estado|statut|entscheidung) ?: ?[\[]?(?:approved|released|cleared|genehmigt|freigegeben|approuve|libere|aprobado|liberado)\b|" +
        @"[✓✔✅☑] ?(?:approved|released|verified|cleared|genehmigt|freigegeben|approuve|aprobado)\b|" +
        @"\bno detector found anything\b|" +
        @"\b(?:end|ende) of (?:the )?(?:untrusted|user|prompt) (?:text|prompt|content)\b",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Chrome();
}
