namespace Gateway.Risk.Secrets.Written;

/// <summary>What people say about passwords rather than choose for one.</summary>
internal static class SaidOfPasswords
{
    public static string[] Words { get; } =
    [
        .. """
        about above access account actually admin after again against allowed almost already also always another any anything apparently around available bad based because been before being below best better
        between blank both broken bytes called cannot case-sensitive change changed characters check clear clearly comes common completely complex compromised contain contains correct correctly could
        current currently dead decrypted default different digits does doesn enabled disabled easy either else empty encoded encrypted enough entered even every everyone everything exact exactly expired
        explicitly exposed extra fails false field fine first following forgotten from given going gone good great guess guessable guest handled hard hard-coded hardcoded hashed have having held hello here hidden
        hopefully however important incorrect inside instead insecure invalid issue issued it's just kept keys know known last later leaked least left length letters like likely limited listed literally local long
        longer lost lower lowercase made maybe mine missing most must named need needed needs never next nothing null numbers obvious obviously okay older only open optional other otherwise outdated over passed
        plain plaintext please pointless possible pretty previous private probably problem prompted properly protected provided public queried random rather read readable ready really recent rejected remembered required
        reset returned reused right safe salted same saved secret secure secured securely sensitive sent separate set shared shorter should shown similar simple simply since some someone something somewhere still stolen
        stored strength strong stronger such supposed temporarily temporary text that their them then there therefore they this those three through today together tomorrow true trivial typed typically under
        unencrypted unique unknown unset unsafe until updated upper uppercase used useless user username using usually valid validated verified very visible weak weaker what whatever when where whether which while
        with within without word words working works would wrong your yours yourself zero
        aber abgelaufen alles alt anders auch auf aus bekannt bereits besser bitte dann darf dass dein deine denn dort einfach eingegeben einmal erforderlich falsch fehlt folgende folgendes fehlerhaft geheim gehasht gelöscht gesetzt gespeichert gesperrt
        geändert gültig hier immer inkorrekt jetzt kann kein keine komplex korrekt kurz lang leer leider mein meine mindestens muss nicht nicht noch nochmal ohne richtig schon schwach sehr selbst sicher soll sollte stark unbekannt ungültig unsicher unser
        verschlüsselt vergessen verloren vorhanden wegen weil wieder wird wurde zeichen zu zurückgesetzt zwischen
        ancien aussi avec bien bonne bonnes changé composé comme correct dans déjà encore erroné expiré faible faux incorrect incorrecte introuvable invalide jamais long mauvais moins mort nécessaire nouveau oublié obligatoire perdu plus pour
        requis requise sans sécurisé simple stocké toujours toutes très trop valable valide vide votre
        ahora aquí bien caducada cambiada corta correcta débil distinta diferente error está expirada fácil fuerte guardada igual incorrecto correcto olvidado perdido caducado débil incorrecta inválida larga mala menos muy necesaria nueva obligatoria olvidada para perdida porque pero
        segura siempre también tiene única válida vacía vieja
        ancora anche corretta debole diversa errata facile forte errato corretto scaduto sicuro già mai meno molto nuova obbligatoria obbligatorio persa però scaduta sbagliata sbagliato sempre sicura stessa troppo uguale valida vecchia vuota
        ainda correta curta diferente errada esquecida expirada fraca forte igual incorreta inválida já longa mesma muito nova nunca obrigatória para perdida sempre também vazia velha
        alleen altijd anders bekend bijna correct fout geen gewijzigd goed hetzelfde juist kort kwijt lang leeg minimaal moet niet nieuw nodig nooit onjuist ongeldig oud sterk te veilig verkeerd verlopen verplicht vergeten zwak
        bardzo błędne dobre jest już musi nie niepoprawne nieprawidłowe nowe powinno silne słabe stare tylko wymagane zawsze zbyt złe zapomniane
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];
}
