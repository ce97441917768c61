using Gateway.Risk.Secrets.Written;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Chat, mail and telephony.</summary>
internal static class MessagingRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("slack-token", "a Slack token", "xoxb-|xoxp-|xoxa-|xoxr-|xoxs-|xoxo-|xoxe-|xoxe.|xoxc-|xoxd-|xapp-", @"(?:xox[abceoprsd]-[\w%+/\-]{10,}|xoxe\.xox[bp]-\d-[\w\-]{140,}|xapp-\d-[A-Z0-9]{8,}-\d{8,}-[a-z0-9]{32,})",
            "xo" + "xb-{d12}-{d12}-{a24}", "!xoxb-your-token") with { Accepts = value => value.Any(char.IsAsciiDigit) },
        Free("slack-webhook", "Is a Slack webhook, which lets anybody post.", "WEBHOOK", "hooks.slack.com/", @"hooks\.slack\.com/(?:services|workflows|triggers)/(?<v>[A-Za-z0-9+/]{30,80})",
            "https://hooks.slack.com/services/⟦T{u9}/B{u9}/{a24}⟧", "!https://hooks.slack.com/docs"),
        Free("discord-webhook", "Is a Discord webhook, which lets anybody post.", "WEBHOOK", "/api/webhooks/", @"/api/webhooks/\d{17,20}/(?<v>[\w\-]{60,80})",
            "https://discord.com/api/webhooks/{d18}/⟦{b68}⟧", "!https://discord.com/api/webhooks/docs"),
        Around(28, "discord-token", "a Discord bot token", ".C|.D|.G|.X|.Y|.Z", @"[MNO][\w\-]{23,27}\.[\w\-]{6}\.[\w\-]{27,38}", "MT{a24}.G{b5}.{b38}", "!Mr.Green was here"),
        Around(10, "telegram", "a Telegram bot token", ":AA", @"\d{8,10}:AA[\w\-]{33}", "{d10}:A" + "A{b33}"),
        Free("teams-webhook", "Is a Teams webhook, which lets anybody post.", "WEBHOOK", "webhook.office.com/", @"webhook\.office\.com/webhookb2/(?<v>[0-9a-f\-]{36}@[0-9a-f\-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f\-]{36})",
            "https://x.webhook.office.com/webhookb2/⟦{h8}-{h4}-{h4}-{h4}-{h12}@{h8}-{h4}-{h4}-{h4}-{h12}/IncomingWebhook/{h32}/{h8}-{h4}-{h4}-{h4}-{h12}⟧", "!https://x.webhook.office.com/webhookb2/docs"),
        Token("sendgrid", "a SendGrid key", "SG.", @"SG\.[\w\-]{20,24}\.[\w\-]{39,50}", "S" + "G.{b22}.{b43}"),
        Token("mailgun", "a Mailgun key", "key-|pubkey-", "(?:pub)?key-[a-f0-9]{32}", "ke" + "y-{h32}", "!key-value store"),
        Around(32, "mailchimp", "a Mailchimp key", "-us", @"[a-f0-9]{32}-us\d{1,2}", "{h32}-us12"),
        Token("brevo", "a Brevo key", "xkeysib-", "xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}", "xke" + "ysib-{h64}-{a16}"),
        Token("twilio", "a Twilio key", "SK", "SK[a-f0-9]{32}", "S" + "K{h32}"),
        Named("twilio-auth", "a Twilio auth token", "twilio", "[a-f0-9]{32}", "TWILIO_AUTH_TOKEN: ⟦{h32}⟧", "!twilio number: {d10}"),
        Token("facebook", "a Facebook access token", "EAA", "EAA[MC]?[A-Za-z0-9]{90,}", "EA" + "AC{a170}"),
        Free("facebook-app-token", "Has the shape of a Facebook app token.", "SECRET", "facebook|fb_", @"(?:facebook|fb_)[\w.\-]{0,20}\W{1,12}(?<v>\d{15,16}(?:\||%7C)[\w\-]{26,40})", "facebook ⟦{d16}|{b27}⟧", "!facebook page {d16}"),
        Named("facebook-secret", "a Facebook secret", "facebook", "[a-f0-9]{32}", "facebook_app_secret = ⟦{h32}⟧", "!facebook page: 12345"),
        Token("intra42", "an Intra 42 secret", "s-s4t2", "s-s4t2(?:ud|af)-[a-f0-9]{64}", "s-s4" + "t2ud-{h64}"),
        Token("telnyx", "a Telnyx key", "KEY0", @"KEY0[A-F0-9]{32}_[A-Za-z0-9]{22}", "KE" + "Y00123456789ABCDEF0123456789ABCDEF_{a22}"),
        Named("messagebird", "a MessageBird key", "messagebird|message_bird|message-bird", "[a-z0-9]{25}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "messagebird_key = ⟦{l25}⟧", "!messagebird region: eu"),
        Named("vendor-secret", "a vendor's key", "twitch|twitter|linkedin|discord|zendesk|sendbird|gitter|lob|finicity|flickr|trello|travis|codecov|algolia|coinbase|kucoin|confluent|beamer|freshbooks|squareup|okta|fastly|snyk|rapidapi|mapbox|spotify|dropbox|etsy|plaid|adafruit|bittrex|kraken|nytimes|drone|kafka|contentful|contentstack|intercom|mattermost|rollbar|bugsnag|cohere|mistral|pinecone|wandb|elastic|sourcegraph",
            @"[\w\-=/+.]{14,}", "TWITCH_CLIENT=⟦{l30}⟧", "var trelloToken = \"⟦{a32}⟧\"", "!linkedin profile: software-engineer-12", "!discord: https://x.io/y") with { Accepts = AssignedValue.IsKey, Confidence = 0.9, MinEntropy = 2.9 },
    ];
}
