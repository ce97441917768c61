namespace Gateway.Tests.Risk.Secrets;

/// <summary>Credentials in sentences, one a line; ⏎ is a line break, blanks are filled as in the detectors' examples.</summary>
internal static class ToldCredentials
{
    public const string English = """
        the password for the db is ⟦Kite88!moon⟧
        The password for the staging database is ⟦winter_2031⟧.
        my password is ⟦hunter2⟧
        My password is ⟦hunter2⟧, can you log in for me?
        my password is ⟦Dr4gonfly⟧ and it stopped working
        Our admin password is "⟦Blue#Lamp7⟧".
        the root password on that box is ⟦r00tm3now⟧
        password is ⟦Blue-Lamp-77⟧
        The wifi password is ⟦gr33nTea99⟧
        the wifi passcode's ⟦m4rmalade⟧
        the wi-fi password at our office is ⟦Guest4711⟧
        WiFi: HomeNet, password: ⟦Purple42rain⟧
        pw: ⟦letMeIn99⟧
        pw = ⟦letMeIn99⟧
        pwd ⟦S3cret-77x⟧
        pass: ⟦x9Qp7Lm2⟧
        login with user bob and password ⟦Tr0ub4dor⟧
        Log in as alice with password ⟦c0ffeeBean⟧
        username alice password ⟦c0ffeeBean⟧
        User: bob, Password: ⟦Moon!rise5⟧
        user=bob pass=⟦Moon!rise5⟧
        username is admin and the password is ⟦Adm1n!stone⟧
        creds are admin / ⟦Qwe!rty98⟧
        credentials: bob@site.org / ⟦Qwe!rty98⟧
        creds: root:⟦T00manyS3crets⟧
        the login is carol / ⟦Zebra-9911⟧
        test account: carol@site.org / ⟦Zebra#9911⟧
        Use ⟦hunter2⟧ as the password
        use ⟦Tulip77x⟧ as my password for now
        please take ⟦k4Nn!abqX⟧ as the new admin password
        set the password to ⟦Sunny77!day⟧ please
        I changed the password to ⟦Sunny77!day⟧ yesterday
        reset the password for bob to ⟦Sunny77!day⟧
        the new password is now ⟦Sunny77!day⟧
        my pin is ⟦4831⟧
        My PIN number is ⟦4831⟧.
        the pin for my card is ⟦4831⟧
        PIN: ⟦4831⟧
        the door code is ⟦7741⟧
        The alarm code for the office is ⟦774192⟧
        gate code: ⟦7741⟧
        the safe combination is ⟦48-31-77⟧
        access code is ⟦993127⟧
        My verification code is ⟦482913⟧
        the otp is ⟦482913⟧
        your one-time code is ⟦482913⟧
        my bank pin is ⟦4831⟧, is that safe?
        the voicemail pin is ⟦9942⟧
        the passphrase is ⟦Copper!Lantern9⟧
        the passphrase is "⟦copper lantern river seven⟧"
        The secret is ⟦s9Kd03kfLq⟧
        my api key is ⟦9f8e7d6c5b4a3f2e⟧
        my api key for the weather service is ⟦ak93hdk20dkq83⟧
        the API token is ⟦tok9f8e7d6c5b4a⟧
        the access token: ⟦9f8e7d6c5b4a3f2e1d⟧
        here is the token ⟦9f8e7d6c5b4a3f2e1d0c⟧ for the bot
        client secret is ⟦Xy77pLq93kdQ⟧
        the encryption key is ⟦Zk28!kdL92lsQ⟧
        the license key is ⟦A7K2Q-9XL3M-PP31Z-77QWE⟧
        recovery code is ⟦k3jd-92ls-k20d⟧
        the bearer token is ⟦{a40}⟧
        FYI the jenkins password is ⟦Jenk!ns2031⟧
        ssh to 10.0.0.4, user deploy, password ⟦D3pl0y!now⟧
        you can connect with root and the password ⟦D3pl0y!now⟧
        database user app, password ⟦D3pl0y!now⟧, port 5432
        The password was ⟦Old!Pass77⟧ before we changed it
        old password: ⟦Old!Pass77⟧, new password: ⟦New!Pass88⟧
        can't sign in, my password ⟦Gr8!Escape⟧ is rejected
        is ⟦Gr8!Escape⟧ a strong password? it is my password
        the password (for the NAS) is ⟦Syn0logy!7⟧
        the sudo password's ⟦l1nuxR0cks⟧
        Password - ⟦l1nuxR0cks⟧
        password → ⟦l1nuxR0cks⟧
        **Password:** ⟦l1nuxR0cks⟧
        **Password**: `⟦l1nuxR0cks⟧`
        * password: `⟦l1nuxR0cks⟧`
        the password is `⟦l1nuxR0cks⟧`
        the password is '⟦l1nuxR0cks⟧'
        the password is “⟦l1nuxR0cks⟧”
        the password is ‘⟦l1nuxR0cks⟧’
        the password is «⟦l1nuxR0cks⟧»
        the password is **⟦l1nuxR0cks⟧**
        the password is:⏎⟦l1nuxR0cks⟧
        the password is:⏎```⏎⟦l1nuxR0cks⟧⏎```
        Passcode: ⟦8841⟧
        Zoom passcode: ⟦x8Kp2Q⟧
        meeting password: ⟦x8Kp2Q⟧
        my wifi password is ⟦bluehorse⟧.
        my email password is ⟦butterscotch⟧ and I forgot it again
        The password is ⟦swordfish⟧.
        password: ⟦swordfish⟧
        Username: bob⏎Password: ⟦swordfish⟧
        My Netflix password is ⟦Popc0rn!time⟧ — can you remember it?
        router password is ⟦Netgear!4410⟧ if you need it
        the Wi-Fi key is ⟦9931-kd02-lsk3⟧
        use the password ⟦Gr8!Escape⟧ to open the zip
        unlock it with the passcode ⟦884102⟧
        the keypad code is ⟦5521#⟧
        seed phrase: ⟦ocean lizard copper winter mango tunnel rocket velvet anchor spoon garlic puzzle⟧
        """;

    public const string Others = """
        das Passwort lautet ⟦Regen7wald⟧
        Das Passwort für den Server ist ⟦Regen!wald7⟧.
        Mein Passwort ist ⟦Sonne2031!⟧
        Mein Kennwort ist ⟦Sonne2031!⟧ und geht nicht
        Kennwort: ⟦Sonne2031!⟧
        Benutzer: bob, Passwort: ⟦Sonne2031!⟧
        Zugangsdaten: bob / ⟦Sonne2031!⟧
        Das WLAN-Passwort lautet "⟦kuchen42blech⟧"
        Das WLAN-Passwort ist ⟦apfelkuchen⟧.
        Meine PIN ist ⟦4831⟧
        Die PIN lautet ⟦4831⟧.
        Geheimzahl: ⟦4831⟧
        Der Türcode ist ⟦7741⟧
        Nimm ⟦Sonne2031!⟧ als Passwort
        setze das Passwort auf ⟦Sonne2031!⟧
        Der API-Schlüssel lautet ⟦9f8e7d6c5b4a3f2e⟧
        le mot de passe est ⟦Soleil!77⟧
        Le mot de passe du serveur est ⟦Soleil!77⟧.
        Mon mot de passe est « ⟦Soleil!77⟧ »
        mot de passe : ⟦Soleil!77⟧
        mdp: ⟦Soleil77x⟧
        le mdp c'est ⟦Soleil77x⟧
        identifiants : bob / ⟦Soleil!77⟧
        Le code PIN est ⟦4831⟧
        code d'accès : ⟦7741⟧
        utilise ⟦Soleil!77⟧ comme mot de passe
        la clé API est ⟦9f8e7d6c5b4a3f2e⟧
        la contraseña es ⟦Luna!llena7⟧
        La contraseña del servidor es ⟦Luna!llena7⟧.
        Mi contraseña es ⟦Luna!llena7⟧
        contraseña: ⟦Luna!llena7⟧
        mi clave es ⟦Luna!llena7⟧
        credenciales: bob / ⟦Luna!llena7⟧
        el código PIN es ⟦4831⟧
        usa ⟦Luna!llena7⟧ como contraseña
        la password è ⟦Notte!stella7⟧
        La password del database è ⟦Notte!stella7⟧.
        la mia password è ⟦Notte!stella7⟧
        credenziali: bob / ⟦Notte!stella7⟧
        il codice PIN è ⟦4831⟧
        usa ⟦Notte!stella7⟧ come password
        a senha é ⟦Verao!quente7⟧
        A senha do banco é ⟦Verao!quente7⟧.
        minha senha é ⟦Verao!quente7⟧
        senha: ⟦Verao!quente7⟧
        credenciais: bob / ⟦Verao!quente7⟧
        use ⟦Verao!quente7⟧ como senha
        het wachtwoord is ⟦Fiets!bel77⟧
        Het wachtwoord voor de server is ⟦Fiets!bel77⟧.
        mijn wachtwoord is ⟦Fiets!bel77⟧
        wachtwoord: ⟦Fiets!bel77⟧
        inloggegevens: bob / ⟦Fiets!bel77⟧
        mijn pincode is ⟦4831⟧
        hasło to ⟦Zima!snieg7⟧
        Hasło do bazy to ⟦Zima!snieg7⟧.
        moje hasło to ⟦Zima!snieg7⟧
        hasło: ⟦Zima!snieg7⟧
        haslo: ⟦Zima!snieg7⟧
        kod PIN: ⟦4831⟧
        пароль: ⟦Zima!7sneg⟧
        密码: ⟦Zima!7sneg⟧
        lösenordet är ⟦Vinter!77sno⟧
        lösenord: ⟦Vinter!77sno⟧
        heslo je ⟦Zima!77snih⟧
        şifre: ⟦Kis!77kar⟧
        """;
}
