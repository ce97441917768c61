using Gateway.Risk.Secrets.Written;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Mail, pushes, calls, and addresses that act for whoever knows them.</summary>
internal static class ChannelRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("resend", "a Resend key", "re_", @"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}", "re_{a8}_{a24}", "!re_compiled_expressions"),
        Token("mailersend", "a MailerSend token", "mlsn.", @"mlsn\.[a-f0-9]{64}", "mlsn.{h64}"),
        Token("mandrill", "a Mandrill key", "md-", @"md-[\w\-]{22}", "md-{b22}", "!md-files-are-rendered-too") with { Accepts = value => value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetterUpper), MinEntropy = 3.6 },
        Token("brevo-smtp", "a Brevo SMTP key", "xsmtpsib-", "xsmtpsib-[a-f0-9]{64}-[A-Za-z0-9]{16}", "xsmtpsib-{h64}-{a16}"),
        Named("mailgun-signing", "a Mailgun key", "mailgun", "[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}", "MAILGUN_API_KEY=⟦{h32}-{h8}-{h8}⟧", "!mailgun domain: mg.site.io"),
        Named("postmark", "a Postmark token", "postmark", Uuid, $"POSTMARK_SERVER_TOKEN=⟦{MadeUpUuid}⟧", "!postmark stream: outbound"),
        Named("mail-service", "a mail service's key", "mailjet|sparkpost|mailtrap|elasticemail|sendinblue|convertkit|activecampaign|customerio", @"[\w\-]{20,64}", "MAILJET_SECRET=⟦{h32}⟧", "!mailjet template: welcome-mail-2024") with { Accepts = AssignedValue.IsKey, MinEntropy = 3 },
        Named("ses-smtp", "an SMTP password of Amazon SES", "ses_smtp|ses-smtp|aws_ses", "B[A-Za-z0-9+/]{43}", "SES_SMTP_PASSWORD=⟦B{s43}⟧", "!aws_ses region: eu-west-1"),
        Token("onesignal", "a OneSignal key", "os_v2_", "os_v2_(?:app|org)_[a-z0-9]{50,110}", "os_v2_app_{l100}"),
        Token("courier", "a Courier key", "pk_prod_|pk_test_", "pk_(?:prod|test)_[A-Z0-9]{28}", "pk_prod_{u28}"),
        Token("pubnub", "a PubNub secret", "sec-c-", @"sec-c-[A-Za-z0-9]{40,64}={0,2}", "sec-c-{a48}"),
        Token("ntfy", "an ntfy token", "tk_", "tk_[a-z0-9]{29}", "tk_{l29}") with { Accepts = HasDigits, MinEntropy = 3.6 },
        Token("pushbullet", "a Pushbullet token", "o.", @"o\.[A-Za-z0-9]{32}", "o.{a32}", "!o.thisisaverylongpropertynameindeed") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("matrix", "a Matrix access token", "syt_|mct_", @"(?:syt_[A-Za-z0-9]{2,80}_[A-Za-z]{20}_[A-Za-z0-9]{6}|mct_[A-Za-z0-9]{30}_[A-Za-z0-9]{6})", "syt_{a12}_{c20}_{a6}"),
        Token("webex", "a Webex token", "_P0A1_|_PF84_|_PC75_", $"[A-Za-z0-9]{{64}}_[A-Z0-9]{{4}}_{Uuid}", $"{{a64}}_PF84_{MadeUpUuid}") with { Lead = 64, LeadShape = char.IsAsciiLetterOrDigit },
        Token("signalwire", "a SignalWire token", "PT", "PT[a-f0-9]{48}", "PT{h48}"),
        Token("n8n", "an n8n key", "n8n_api_", "n8n_api_[a-f0-9]{80}", "n8n_api_{h80}"),
        Named("sms-service", "a telephony service's key", "nexmo|vonage|plivo|sinch|clickatell|infobip|textmagic|bandwidth_api|pusher|pushover|zulip|webex", @"[\w\-]{16,80}", "NEXMO_API_SECRET=⟦{a16}⟧", "!vonage number: +4915112345678") with { Accepts = AssignedValue.IsKey, MinEntropy = 2.9 },
        Free("google-chat-webhook", "Is a Google Chat webhook, which lets anybody post.", "WEBHOOK", "/messages?key=", @"/messages\?key=[\w\-]{30,42}&token=(?<v>[\w\-%]{30,})",
            "https://chat.googleapis.com/v1/spaces/{u11}/messages?key={b39}&token=⟦{b43}⟧", "!https://chat.googleapis.com/v1/spaces/x/messages?key=x"),
        Free("dingtalk-webhook", "Is a DingTalk webhook, which lets anybody post.", "WEBHOOK", "oapi.dingtalk.com/", @"oapi\.dingtalk\.com/robot/send\?access_token=(?<v>[a-f0-9]{64})", "https://oapi.dingtalk.com/robot/send?access_token=⟦{h64}⟧", "!https://oapi.dingtalk.com/robot/send"),
        Free("feishu-webhook", "Is a Feishu or Lark webhook, which lets anybody post.", "WEBHOOK", "open-apis/bot/", $@"open-apis/bot/v2/hook/(?<v>{Uuid})", $"https://open.feishu.cn/open-apis/bot/v2/hook/⟦{MadeUpUuid}⟧", "!https://open.feishu.cn/open-apis/bot/v2/hook/"),
        Free("wecom-webhook", "Is a WeCom webhook, which lets anybody post.", "WEBHOOK", "qyapi.weixin.qq.com/", $@"qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=(?<v>{Uuid})", $"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=⟦{MadeUpUuid}⟧", "!https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
        Free("zapier-webhook", "Is a Zapier webhook, which anybody can set off.", "WEBHOOK", "hooks.zapier.com/", @"hooks\.zapier\.com/hooks/catch/(?<v>\d{5,12}/[a-z0-9]{6,10})", "https://hooks.zapier.com/hooks/catch/⟦{d7}/{l7}⟧", "!https://hooks.zapier.com/hooks/catch/docs"),
        Free("ifttt-webhook", "Is an IFTTT webhook, which anybody can set off.", "WEBHOOK", "maker.ifttt.com/", @"maker\.ifttt\.com/trigger/[\w\-]{1,30}/(?:json/)?with/key/(?<v>[\w\-]{20,60})", "https://maker.ifttt.com/trigger/door/with/key/⟦{b43}⟧", "!https://maker.ifttt.com/trigger/door/with/key/"),
        Free("make-webhook", "Is a Make webhook, which anybody can set off.", "WEBHOOK", ".make.com/", @"\.make\.com/(?<v>[a-z0-9]{32})", "https://hook.eu1.make.com/⟦{l32}⟧", "!https://www.make.com/en/pricing"),
        Free("tines-webhook", "Is a Tines webhook, which anybody can set off.", "WEBHOOK", ".tines.com/webhook/", @"\.tines\.com/webhook/(?<v>[a-z0-9]{32}/[a-z0-9]{32})", "https://acme.tines.com/webhook/⟦{l32}/{l32}⟧", "!https://acme.tines.com/webhook/docs"),
        Free("power-automate", "Is a Power Automate address, which anybody can call.", "WEBHOOK", "sv=1.0&sig=", @"sv=1\.0&sig=(?<v>[\w\-]{40,50})",
            "https://x.logic.azure.com/workflows/x/triggers/manual/paths/invoke?sp=%2Frun&sv=1.0&sig=⟦{b43}⟧", "!https://x.logic.azure.com/?sv=1.0&sig=none"),
    ];
}
