namespace Gateway.Tests.Risk.Secrets;

/// <summary>Settings, code and logs that mention credentials and give none away, one a line; ⏎ is a line break.</summary>
internal static class HarmlessCode
{
    public const string Lines = """
        password = os.environ["DB_PASSWORD"]
        password = os.getenv("DB_PASSWORD")
        const password = process.env.DB_PASSWORD;
        String password = System.getenv("DB_PASSWORD");
        var password = Configuration["Db:Password"];
        password = config.get("db.password")
        password = request.form["password"]
        $password = $_POST['password'];
        password = params[:password]
        password = input("Password: ")
        password = getpass.getpass()
        password = None
        password = null;
        password = ""
        password: string;
        password: str
        password: String,
        password?: string
        private string password;
        public string Password { get; set; }
        public string Password { get; set; } = string.Empty;
        password VARCHAR(255) NOT NULL
        password TEXT NOT NULL,
        def login(user, password):
        function login(username, password) {
        login(username, password)
        if (password == confirmPassword) {
        if password != password2:
        if (password.length < 8) throw new Error("too short");
        password.length >= 8
        hash = bcrypt.hashpw(password, salt)
        hashed_password = hash_password(password)
        user.setPassword(passwordEncoder.encode(password));
        password_hash = hashlib.sha256(password.encode()).hexdigest()
        <input type="password" name="password" id="password">
        <input type="password" placeholder="Enter your password" required />
        <label for="password">Password</label>
        <button>Reset password</button>
        'password' => 'required|min:8|confirmed',
        password: yup.string().min(8).required(),
        password: Joi.string().min(8)
        password: z.string().min(8)
        "password": {"type": "string", "minLength": 8}
        "password": "string"
        "password": null
        "password": ""
        "password": "<password>"
        "password": "********"
        "password": "{{password}}"
        "password": "${DB_PASSWORD}"
        "password": "Your password"
        "password_label": "Password"
        "invalid_password": "Invalid password"
        "passwordTooShort": "Password must be at least 8 characters"
        password: changeme
        DB_PASSWORD=
        DB_PASSWORD=changeme
        DB_PASSWORD=your_password_here
        DB_PASSWORD=${DB_PASSWORD}
        DB_PASSWORD=$DB_PASSWORD
        DB_PASSWORD=<password>
        DB_PASSWORD=%DB_PASSWORD%
        PASSWORD_MIN_LENGTH=12
        PASSWORD_HASHERS = ['django.contrib.auth.hashers.Argon2PasswordHasher']
        password_reset_timeout = 3600
        AUTH_PASSWORD_VALIDATORS = []
        passwordFile: /run/secrets/db_password
        password_file=/run/secrets/db
        passwordSecretRef: db-credentials
        secretKeyRef:⏎  name: db-secret⏎  key: password
        secretName: my-app-tls
        existingSecret: "app-secrets"
        imagePullSecrets:⏎  - name: registry-credentials
        valueFrom:⏎  secretKeyRef:⏎    name: db⏎    key: db-password
        token: ${{ secrets.GITHUB_TOKEN }}
        GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}
        token = tokenizer.next_token()
        token = lexer.peek()
        tokens = text.split()
        token = jwt.encode(payload, secret)
        const token = req.headers.authorization?.split(' ')[1];
        const token = localStorage.getItem('token');
        token: string | null
        next_token = response["NextToken"]
        max_tokens=4096
        max_new_tokens = 512
        pad_token_id = 50256
        eos_token = "<|endoftext|>"
        tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
        csrf_token()
        {% csrf_token %}
        <meta name="csrf-token" content="{{ csrf_token() }}">
        @ValidateAntiForgeryToken
        cancellationToken: CancellationToken.None
        CancellationToken cancellationToken = default
        api_key = os.environ["API_KEY"]
        api_key = "YOUR_API_KEY"
        api_key = "your-api-key"
        api_key: "<your key>"
        apiKey: process.env.API_KEY
        API_KEY=xxxxxxxxxxxxxxxx
        openai.api_key = os.getenv("OPENAI_API_KEY")
        Authorization: Bearer $TOKEN
        Authorization: Bearer ${TOKEN}
        headers = {"Authorization": f"Bearer {token}"}
        headers: { Authorization: `Bearer ${token}` }
        -H "Authorization: Bearer $(gcloud auth print-access-token)"
        curl -u $USER:$PASS https://site.io
        curl -u user:password https://site.io
        curl --user "${USER}:${PASS}" https://site.io
        docker run -u 1000:1000 image
        docker login -u bob --password-stdin
        docker login -u $USER -p $PASS
        mysql -u root -p shop
        mysql -u root -p$MYSQL_PASSWORD shop
        psql -h db -U app -W
        sshpass -p "$PASS" ssh bob@host
        sshpass -f passfile ssh bob@host
        openssl rand -hex 32
        openssl passwd -6
        kubectl create secret generic db --from-file=password.txt
        git config credential.helper store
        ssh-keygen -t ed25519 -C bob@site.org
        postgres://user:password@localhost/db
        postgres://user:pass@localhost/db
        postgres://${USER}:${PASS}@db/shop
        postgres://app@db:5432/shop
        mongodb://localhost:27017/shop
        redis://cache:6379/0
        https://site.org:8443/path@v2
        http://localhost:8080/login?user=bob
        https://site.org/reset-password?step=2
        https://site.org/docs/api-key-rotation-guide
        https://site.org/?token=
        Server=db;Database=shop;Integrated Security=True
        Server=db;User Id=sa;Password=;
        Server=db;Password=${DB_PASSWORD};
        Server=localhost;Password=<YourStrong!Passw0rd>;
        AccountName=x;AccountKey=<key>
        primary_key=True
        primary key: id
        foreign_key = "user_id"
        key = "users:42:profile"
        key=lambda x: x[1]
        sorted(items, key=lambda kv: kv[1])
        cache_key = f"user:{user_id}"
        key: 'name', label: 'Name'
        <Route key={route.path} path={route.path} />
        Object.keys(map).forEach(key => console.log(key));
        public_key = "ssh-ed25519 AAAA"
        partition_key = "/tenantId"
        keyPath: id
        KeyError: 'password'
        ERROR login failed for user 'bob' (invalid password)
        2024-05-01 10:30:00 WARN token expired for user 42
        2024-05-01T10:30:00Z INFO auth: token refreshed, expires_in=3600
        auth.log: Failed password for root from 10.0.0.5 port 22 ssh2
        Accepted publickey for bob from 10.0.0.5 port 51234 ssh2
        level=info msg="password changed" user=bob id=4711
        sha256:{h64}
        commit {h40}
        "integrity": "sha512-{s86}=="
        etag: "{h32}"
        x-request-id: {h8}-{h4}-{h4}-{h4}-{h12}
        traceparent: 00-{h32}-{h16}-01
        id: {h8}-{h4}-4{h3}-a{h3}-{h12}
        digest = "{h64}"
        checksum: {h64}
        image: registry.io/app@sha256:{h64}
        blockhash 0x{h64}
        address 0x{h40}
        data:image/png;base64,{s200}
        username,email⏎bob,bob@site.org
        field,type⏎password,string⏎token,string
        | setting | password |⏎|---|---|⏎| default | none |
        name,code⏎Germany,DE⏎France,FR
        UPDATE users SET password = ? WHERE id = ?
        UPDATE users SET password = :password WHERE id = :id
        SELECT password FROM users WHERE name = 'bob'
        INSERT INTO users (name, password) VALUES (?, ?)
        CREATE USER bob IDENTIFIED BY '<password>';
        ALTER USER bob WITH PASSWORD '${PASS}';
        GRANT SELECT ON users TO bob;
        secret = random.randint(1, 100)
        secret = secrets.token_hex(32)
        secret_key = Fernet.generate_key()
        private_key = rsa.generate_private_key(65537, 2048)
        const secret = crypto.randomBytes(32).toString('hex');
        app.config['SECRET_KEY'] = os.urandom(24)
        @Value("${jwt.secret}") private String secret;
        session = requests.Session()
        session_id = uuid.uuid4()
        session.cookies.set("theme", "dark")
        credentials = Credentials.from_service_account_file("key.json")
        credentials: 'include'
        credentials=GoogleCredentials.get_application_default()
        auth: { username, password }
        auth = HTTPBasicAuth(user, password)
        auth.uid() = user_id
        AUTH_USER_MODEL = 'accounts.User'
        author = "Jane Doe 1984"
        authority: https://login.site.org/tenant
        passthrough = True
        bypass = compute2()
        compass: 45.5
        pass # nothing to do
        passed: 12, failed: 0
        pw_polyfill.js
        \newcommand{\password}[1]{\texttt{#1}}
        \label{sec:token-ring}
        assertEquals("password", field.getName());
        expect(page.getByLabel('Password')).toBeVisible();
        driver.find_element(By.ID, "password").clear()
        it('rejects a wrong password', async () => {
        throw new ArgumentException("Invalid password");
        raise ValueError("password too short")
        log.info("password reset requested by {}", user);
        // we hash the password before saving
        # the password is read from stdin
        /* token bucket rate limiter */
        """;
}
