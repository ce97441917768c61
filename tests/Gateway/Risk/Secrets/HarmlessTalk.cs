namespace Gateway.Tests.Risk.Secrets;

/// <summary>Talk about credentials that gives none away, one a line; ⏎ is a line break.</summary>
internal static class HarmlessTalk
{
    public const string Prose = """
        what is a strong password?
        What makes a password strong?
        password must have 8 characters
        Passwords must be at least 12 characters long.
        the token is invalid
        The token is expired, please log in again.
        the access token expired 5 minutes ago
        The password is wrong.
        the password is incorrect, try again
        my password is not working
        my password is too weak
        My password is being rejected by the server.
        the password is stored in plain text
        the password is hashed with bcrypt
        the password is hashed with SHA-256 and a salt
        the password is SHA256-hashed
        the password is base64-encoded
        The password is base64 encoded in the header.
        the password is case-sensitive
        The password is case sensitive.
        the password is 12 characters long
        The password is 8-16 characters.
        the password is in the vault
        the password is in config.py
        The password is in /etc/app/secrets.yaml
        the password was sent to bob@site.org
        the password is available at https://site.org/reset
        the password is on page 12
        the password is required
        the password is optional for OAuth2
        the password is the same as last year
        the password is only known to Bob.
        the password is sent over TLS1.3
        The password is valid for 90 days.
        the password is encrypted with AES-256
        the password is encrypted with AES256
        is 123456 a common password?
        Why is a password manager useful?
        How do I reset my password?
        I forgot my password
        Can you generate a password for me?
        Generate a 16-character password with symbols.
        How long should a passphrase be?
        what is the difference between a token and a session?
        The secret is out.
        The secret is patience.
        the secret is to keep calm and carry on
        The secret to success is hard work.
        the key is to practise every day
        The key is under the mat.
        the key to good bread is time
        a token of my appreciation
        The token limit is 4096.
        the max token count is 128000
        max_tokens is 2048
        The token was issued at 10:30.
        the token is a JWT
        The API key is missing.
        my api key is not accepted
        The API key is read from the environment.
        the api key is invalid or expired
        your api key goes in the header
        the api key is called OPENAI_API_KEY
        Where do I find my API key?
        store the key in AWS-KMS
        use email as the password field label
        use SHA-256 as the password hash
        use argon2id as the password hash
        use bcrypt for the password
        use a passphrase as the password
        use your birthday as the password? no!
        please do not use admin as the password
        pass the parameter by reference
        pass me the salt
        pass by value
        pass: the student passed the exam
        I pass the test every year
        Pass rate is 85%
        we need to pass v2 of the bill
        the pass is valid for 3 days
        my boarding pass is for LH1234
        hiking pass at 2400m
        the pin is bent
        pin 13 is an output
        GPIO pin is 13
        set pin 7 high
        the pin is 12.5 mm long
        Pin this message
        PIN code 560001, Bangalore
        the pin code of Mumbai is 400001
        the error code is 4001
        status code 404
        exit code: 137
        the area code is 4420
        the zip code is 90210
        the product code is 4411
        login failed for user bob
        login: bob
        user: bob, role: admin
        the user name is bob1234
        sign in with Google or GitHub
        credentials are stored in the keychain
        Credentials: none needed
        the credentials are wrong
        my account: checking / savings
        accounts/payable, accounts/receivable
        username/password authentication
        user/password pair
        enter your username and password
        Enter your password twice.
        Enter password1 and password2 to compare.
        type your password and press enter
        Password?
        Forgot password?
        Change password
        password policy v2.1
        Password field is empty
        password reset link
        password hash is 60 characters
        password length: 12
        password strength: medium
        password: required
        password: optional
        Password: at least 8 characters
        Password: ********
        password: <your password>
        password: [redacted]
        password: (hidden)
        password: xxxxxxxx
        Password: your-password-here
        password: ${DB_PASSWORD}
        The password for the demo is "password".
        the default password is admin
        default credentials are admin/admin
        the password "must contain a digit"
        the passphrase is "not set"
        the session is expired
        the session cookie is httpOnly
        cookies are stored for 30 days
        the seed phrase is twelve words that you must never share with anyone at all ever again
        What is a recovery code?
        the recovery code is sent by SMS
        the verification code is sent to your phone
        two-factor code expired
        the license key is invalid
        The certificate is valid until 2031-01-01.
        the private key is stored on the HSM
        The public key is published on the key server.
        a public key starts with ssh-rsa
        What does BEGIN RSA PRIVATE KEY mean?
        Explain how JWT secrets work.
        The bearer token goes into the Authorization header.
        Add the header Authorization: Bearer <token>.
        Authorization: Bearer YOUR_TOKEN
        Basic understanding of Kubernetes
        basic authentication is deprecated
        the token is refreshed every 15min
        the key is 2048-bit
        the key is RSA-2048
        the secret is rotated every 90d
        The secret ingredient is cinnamon.
        my secret hobby is knitting
        the answer to the secret question is hard to remember
        the vault is on floor 12
        the safe is in room 4711b
        the door code changed in 2024
        bob's password is expired
        Bob’s password was reset on 2024-05-01
        your password is about to expire
        the wifi is slow today
        the wifi password is on the back of the router
        the wifi password is printed below
        The wifi password is the one on the fridge.
        the password is visible, please hide it
        the password is usually rejected.
        the password is random.
        the password is probably correct, but
        The password is correct and I still can't log in.
        the password is literally anything
        the password is null
        the password is undefined
        password is a required field
        password=required
        a password is a string of characters
        "password" is not a good password
        I want you to act as a password generator.
        write a story about a secret token
        write a poem about keys and locks
        the magic password is spoken by the wizard
        the token ring network
        tokens per second: 120
        Tokenization splits text into tokens.
        the tokenizer is cl100k_base
        Key: value
        key takeaways: 3
        Key West is in Florida
        key performance indicators Q3-2024
        the key is C# minor
        keyboard shortcut: Ctrl+Shift+P
        """;

    public const string Others = """
        Das Passwort ist falsch.
        Das Passwort ist abgelaufen
        Mein Passwort ist vergessen worden
        Das Passwort ist zu kurz.
        Das Passwort muss 8 Zeichen haben
        Was ist ein sicheres Passwort?
        Passwort vergessen?
        Passwort: erforderlich
        Das Kennwort ist ungültig.
        Das Token ist ungültig.
        Der Schlüssel ist unter der Matte
        Die PIN ist falsch.
        Der API-Schlüssel ist abgelaufen.
        die Zugangsdaten sind falsch
        Der Schlüssel zum Erfolg ist Geduld
        Le mot de passe est incorrect.
        le mot de passe est trop court
        mot de passe oublié ?
        Le mot de passe doit contenir 8 caractères
        mon mot de passe est expiré
        la clé du succès est la patience
        le jeton est expiré
        Le code PIN est incorrect
        La contraseña es incorrecta.
        la contraseña es demasiado corta
        ¿Olvidaste tu contraseña?
        La contraseña debe tener 8 caracteres
        la clave es la paciencia
        la clave del éxito es trabajar
        el token es inválido
        La password è sbagliata.
        la password è scaduta
        La password deve avere 8 caratteri
        Password dimenticata?
        la chiave del successo è la pazienza
        il token è scaduto
        A senha é inválida.
        a senha está errada
        A senha deve ter 8 caracteres
        Esqueceu a senha?
        a chave do sucesso é a paciência
        Het wachtwoord is onjuist.
        het wachtwoord is vergeten
        Wachtwoord vergeten?
        het wachtwoord is te kort
        de sleutel ligt onder de mat
        Hasło jest nieprawidłowe.
        hasło jest za krótkie
        Nie pamiętasz hasła?
        klucz do sukcesu to cierpliwość
        parola è una parola italiana
        la parola chiave è importante
        une clé de sol
        пароль неверный
        密码错误
        """;
}
