namespace Gateway.Tests.Risk.Secrets;

/// <summary>Credentials in settings, code and commands, one a line; ⏎ is a line break, blanks are filled as in the detectors' examples.</summary>
internal static class WrittenCredentials
{
    public const string Settings = """
        DB_PASSWORD=⟦Kite88!moon⟧
        DB_PASSWORD="⟦Kite88!moon⟧"
        export DB_PASSWORD='⟦Kite88!moon⟧'
        MYSQL_ROOT_PASSWORD: ⟦Kite88moon⟧
        POSTGRES_PASSWORD=⟦tangerine⟧
        REDIS_PASS=⟦k93jd02kdl⟧
        SMTP_PASS=⟦abcd1efgh2ijkl⟧
        SECRET_KEY=⟦{a40}⟧
        DJANGO_SECRET_KEY='⟦{a50}⟧'
        JWT_SECRET=⟦{h64}⟧
        SESSION_SECRET=⟦{l32}⟧
        API_KEY=⟦{a32}⟧
        STRIPE_WEBHOOK=⟦{a32}⟧
        password: ⟦Kite88!moon⟧
        "password": "⟦Kite88!moon⟧"
        {"user":"bob","password":"⟦Kite88!moon⟧"}
        {"user": "bob", "pass": "⟦Kite88!moon⟧", "port": 22}
        {\"password\":\"⟦Kite88moon⟧\"}
        "{\\\"password\\\":\\\"⟦Kite88moon⟧\\\"}"
        'password' => '⟦Kite88!moon⟧',
        :password => "⟦Kite88!moon⟧"
        password = ⟦Kite88!moon⟧
        password=⟦Kite88!moon⟧
        db.password=⟦Kite88!moon⟧
        spring.datasource.password=⟦Kite88!moon⟧
        spring:⏎  datasource:⏎    password: ⟦Kite88!moon⟧
        adminPassword: "⟦Kite88!moon⟧"
        client_secret: ⟦{a40}⟧
        clientSecret = "⟦{a40}⟧"
        <password>⟦Kite88!moon⟧</password>
        <Password>⟦Kite88moon⟧</Password>
        <add key="ApiKey" value="⟦{a32}⟧" />
        <property name="password" value="⟦Kite88!moon⟧"/>
        <entry key="db.password">⟦Kite88!moon⟧</entry>
        [database]⏎user = app⏎password = ⟦Kite88!moon⟧
        [default]⏎aws_secret_access_key = ⟦{s40}⟧
        aws_session_token=⟦{s120}⟧
        Server=db1;Database=shop;User Id=sa;Password=⟦Kite88!moon⟧;
        Data Source=db1;Initial Catalog=shop;Uid=sa;Pwd=⟦Kite88!moon⟧;Encrypt=True
        Driver={ODBC Driver 18};Server=db;UID=sa;PWD=⟦Kite88!moon⟧
        jdbc:postgresql://db:5432/shop?user=app&password=⟦Kite88moon⟧
        jdbc:mysql://db/shop?user=app&password=⟦Kite88moon⟧&useSSL=true
        jdbc:sqlserver://db:1433;user=sa;password=⟦Kite88!moon⟧;
        postgres://app:⟦Kite88moon⟧@db:5432/shop
        postgresql+asyncpg://app:⟦Kite88moon⟧@db/shop
        mysql://root:⟦Kite88moon⟧@127.0.0.1:3306/shop
        mongodb+srv://app:⟦Kite88moon⟧@cluster0.mongodb.net/test
        redis://:⟦Kite88moon⟧@cache:6379/0
        rediss://default:⟦Kite88moon⟧@cache:6380
        amqp://guest:⟦Kite88moon⟧@mq:5672/
        smtp://bob%40site.org:⟦Kite88moon⟧@smtp.site.org:587
        ftp://bob:⟦Kite88moon⟧@files.site.org/in
        https://bob:⟦Kite88moon⟧@git.site.org/x.git
        ldap://cn=admin:⟦Kite88moon⟧@ldap.site.org
        DefaultEndpointsProtocol=https;AccountName=x;AccountKey=⟦{s86}==⟧;EndpointSuffix=core.windows.net
        Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=⟦{s43}=⟧
        https://x.blob.core.windows.net/c/f?sv=2022-11-02&sp=r&sig=⟦{a43}%3D⟧
        https://b.s3.amazonaws.com/k?X-Amz-Credential=x&X-Amz-Signature=⟦{h64}⟧
        https://api.site.io/v1/data?api_key=⟦{a32}⟧
        https://api.site.io/v1/data?q=berlin&key=⟦{a32}⟧&lang=de
        https://site.io/hook?token=⟦{a32}⟧
        machine git.site.io login bob password ⟦Kite88moon⟧
        machine git.site.io⏎  login bob⏎  password ⟦tangerine⟧
        db.site.io:5432:shop:app:⟦Kite88moon⟧
        bob:⟦$2y$10${a53}⟧
        root:⟦$6${a16}${a86}⟧:19700:0:99999:7:::
        bob:⟦$apr1${a8}${a22}⟧
        //registry.npmjs.org/:_authToken=⟦{h8}-{h4}-{h4}-{h4}-{h12}⟧
        {"auths":{"r.io":{"auth":"⟦Ym9iOktpdGU4OG1vb24=⟧"}}}
        client-key-data: ⟦LS0tLS1CRUdJTi{s120}=⟧
        Authorization: Bearer ⟦{b40}⟧
        Authorization: Basic ⟦Ym9iOktpdGU4OG1vb24=⟧
        -H "Authorization: token ⟦{h40}⟧"
        X-Api-Key: ⟦{a32}⟧
        x-api-key: ⟦{l40}⟧
        api-key: ⟦{h32}⟧
        Cookie: sessionid=⟦{l32}⟧; theme=dark
        Set-Cookie: PHPSESSID=⟦{l26}⟧; path=/
        Cookie: connect.sid=⟦s%3A{a32}.{a40}⟧
        | user | password |⏎|---|---|⏎| bob | ⟦Kite88!moon⟧ |
        username,password⏎bob,⟦Kite88moon⟧⏎ann,⟦tangerine⟧
        user;passwort⏎bob;⟦Kite88moon⟧
        [Interface]⏎PrivateKey = ⟦{s42}A=⟧⏎Address = 10.1.0.2/32
        wpa_passphrase=⟦Kite88moon⟧
        psk_password="⟦Kite88moon⟧"
        password%3D⟦Kite88moon⟧
        %22password%22%3A%22⟦Kite88moon⟧%22
        &quot;password&quot;: &quot;⟦Kite88moon⟧&quot;
        \u0022password\u0022:\u0022⟦Kite88moon⟧\u0022
        payload=⟦eyJ1c2VyIjoiYm9iIiwicGFzc3dvcmQiOiJLaXRlODhtb29uIn0=⟧
        hex: ⟦70617373776f72643d4b697465383821206d6f6f6e⟧
        """;

    public const string Code = """
        password = "⟦Kite88!moon⟧"
        const password = '⟦Kite88!moon⟧';
        let apiKey = "⟦{a32}⟧";
        var dbPassword = "⟦Kite88!moon⟧"
        String password = "⟦Kite88!moon⟧";
        private static final String PASSWORD = "⟦Kite88!moon⟧";
        string password = "⟦Kite88!moon⟧";
        char *password = "⟦Kite88!moon⟧";
        #define PASSWORD "⟦Kite88!moon⟧"
        $password = '⟦Kite88!moon⟧';
        define('DB_PASSWORD', '⟦Kite88!moon⟧');
        password := "⟦Kite88!moon⟧"
        let password: &str = "⟦Kite88!moon⟧";
        val password = "⟦Kite88!moon⟧"
        @password = "⟦Kite88!moon⟧"
        my $password = "⟦Kite88!moon⟧";
        password <- "⟦Kite88!moon⟧"
        set password "⟦Kite88!moon⟧"
        conn = psycopg2.connect(host="db", user="app", password="⟦Kite88!moon⟧")
        client.login("bob", password="⟦Kite88!moon⟧")
        auth=("bob", "x"), password='⟦Kite88!moon⟧'
        new NetworkCredential("bob", "y") { Password = "⟦Kite88!moon⟧" };
        openai.api_key = "⟦{a48}⟧"
        headers = {"Authorization": "Bearer ⟦{a40}⟧"}
        headers: { 'X-API-Key': '⟦{a32}⟧' }
        os.environ["API_TOKEN"] = "⟦{a32}⟧"
        process.env.API_TOKEN = '⟦{a32}⟧'
        ENV['SECRET_TOKEN'] = '⟦{h64}⟧'
        password = "⟦tangerine⟧"
        $env:DB_PASSWORD = "⟦Kite88!moon⟧"
        CREATE USER bob WITH PASSWORD '⟦Kite88!moon⟧';
        CREATE USER 'bob'@'%' IDENTIFIED BY '⟦Kite88!moon⟧';
        ALTER LOGIN sa WITH PASSWORD = '⟦Kite88!moon⟧';
        ALTER USER postgres PASSWORD '⟦Kite88!moon⟧';
        GRANT ALL ON *.* TO 'bob'@'%' IDENTIFIED BY '⟦tangerine⟧';
        curl -u bob:⟦Kite88!moon⟧ https://site.io
        curl -u 'bob:⟦Kite88!moon⟧' https://site.io
        curl --user "bob:⟦Kite88moon⟧" https://site.io
        curl -H 'Authorization: Bearer ⟦{a40}⟧' https://site.io
        curl -H "X-Auth-Token: ⟦{h32}⟧" https://site.io
        curl -d 'user=bob&password=⟦Kite88moon⟧' https://site.io/login
        wget --password=⟦Kite88moon⟧ https://site.io
        mysql -u root -p⟦Kite88moon⟧ shop
        mysql -h db -u root --password=⟦Kite88moon⟧ shop
        PGPASSWORD=⟦Kite88moon⟧ psql -h db -U app
        sshpass -p ⟦Kite88moon⟧ ssh bob@host
        sshpass -p '⟦Kite88!moon⟧' scp x bob@host:
        docker login -u bob -p ⟦Kite88moon⟧ r.io
        docker run -e MYSQL_ROOT_PASSWORD=⟦Kite88moon⟧ mysql
        redis-cli -a ⟦Kite88moon⟧ ping
        echo ⟦Kite88moon⟧ | sudo -S apt update
        openssl enc -aes-256-cbc -pass pass:⟦Kite88moon⟧ -in f
        7z x -p⟦Kite88moon⟧ f.7z
        unzip -P ⟦Kite88moon⟧ f.zip
        net use X: \\srv\share /user:bob ⟦Kite88!moon⟧
        xfreerdp /v:host /u:bob /p:⟦Kite88!moon⟧
        ldapsearch -D cn=admin -w ⟦Kite88moon⟧ -b dc=x
        keytool -list -keystore k.jks -storepass ⟦Kite88moon⟧
        kubectl create secret generic db --from-literal=password=⟦Kite88moon⟧
        helm install x --set auth.password=⟦Kite88moon⟧
        gh auth login --with-token ⟦{h40}⟧
        tool --api-key ⟦{a32}⟧ run
        tool --token=⟦{a32}⟧
        sqlplus scott/⟦Kite88moon⟧@db:1521/orcl
        ConvertTo-SecureString "⟦Kite88!moon⟧" -AsPlainText -Force
        terraform apply -var 'db_password=⟦Kite88moon⟧'
        git clone https://bob:⟦Kite88moon⟧@git.site.io/x.git
        https_proxy=http://bob:⟦Kite88moon⟧@proxy:3128
        variable "db_password" { default = "⟦Kite88!moon⟧" }
        driver.find_element(By.ID, "password").send_keys("⟦Kite88!moon⟧")
        await page.fill('#password', '⟦Kite88!moon⟧');
        cy.get('#password').type('⟦Kite88!moon⟧')
        .setPassword("⟦Kite88!moon⟧");
        .withPassword("⟦Kite88!moon⟧")
        """;
}
