using Gateway.Risk.Secrets.Written;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Who somebody is, and what they do in a browser: identity providers, social networks, customers, documents.</summary>
internal static class AccountRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Free("okta", "Has the shape of an Okta token.", "SECRET", "SSWS ", @"SSWS (?<v>00[\w\-]{40})", "Authorization: SSWS ⟦00{b40}⟧", "!Authorization: SSWS <token>"),
        Token("stytch", "a Stytch secret", "secret-live-|secret-test-", @"secret-(?:live|test)-[\w\-]{30,44}=?", "secret-live-{b36}="),
        Token("ory", "an Ory token", "ory_pat_|ory_at_|ory_rt_|ory_ac_", @"ory_(?:pat|at|rt|ac)_[\w\-.]{30,}", "ory_pat_{b40}"),
        Token("authress", "an Authress key", "sc_|ext_|scauth_|authress_", @"(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9\-]{10,32}\.[A-Za-z0-9+/_=\-]{30,120}", "sc_{l20}.{l4}.acc_{l20}.{s60}"),
        Token("turnstile", "a Cloudflare Turnstile secret", "0x4AAAAAAA", @"0x4AAAAAAA[\w\-]{20,32}", "0x4AAAAAAA{b27}") with { Padding = 'A' },
        Token("hcaptcha", "an hCaptcha secret", "ES_", "ES_[a-f0-9]{32}", "ES_{h32}"),
        Named("recaptcha", "a reCAPTCHA secret", "recaptcha_secret|recaptcha_private|recaptchasecret|recaptcha-secret", @"6L[\w\-]{38}", "RECAPTCHA_SECRET_KEY=⟦6L{b38}⟧", "!recaptcha_secret = none"),
        Named("auth0", "an Auth0 secret", "auth0", @"[\w\-]{60,70}", "AUTH0_CLIENT_SECRET=⟦{b64}⟧", "!auth0 domain: my.eu.auth0.com"),
        Token("microsoft-refresh", "a Microsoft refresh token", "0.A|1.A|M.C5|M.R3", @"(?:[01]\.A[\w\-]{50,}\.Ag[\w\-.]{200,}|M\.(?:C5|R3)\d?\d?_[\w\-.!*$]{100,})", "0.A{b90}.Ag{b260}"),
        Token("salesforce", "a Salesforce session", "00D", @"00D[A-Za-z0-9]{9,15}![\w.]{80,120}", "00D{a12}!{a96}"),
        Token("salesforce-refresh", "a Salesforce refresh token", "5Aep861", @"5Aep861[A-Za-z0-9._=]{70,}", "5Aep861{a80}"),
        Token("salesforce-consumer", "a Salesforce consumer key", "3MVG9", @"3MVG9[A-Za-z0-9._+/=]{75,}", "3MVG9{a80}"),
        Token("zoho", "a Zoho token", "1000.", @"1000\.[a-f0-9]{32}\.[a-f0-9]{32}", "1000.{h32}.{h32}"),
        Token("dropbox", "a Dropbox token", "sl.", @"sl\.(?:[Bu]\.)?[\w\-]{100,}", "sl.{b135}"),
        Token("trello-token", "a Trello token", "ATTA", "ATTA[a-f0-9]{72}", "ATTA{h72}"),
        Token("clickup", "a ClickUp token", "pk_", @"pk_\d{5,9}_[A-Z0-9]{32}", "pk_{d7}_{u32}"),
        Token("figma-plan", "a Figma token", "figp_|figu_", @"fig[pu]_[\w\-=]{40,54}", "figp_{b44}"),
        Token("adobe", "an Adobe client secret", "p8e-|p8-", @"p8e?-[\w\-]{32}", "p8e-{b32}", "!p8-thinking-about-the-next-quarter-x") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("canva", "a Canva secret", "cnvca", @"cnvca[\w\-]{40,64}", "cnvca{b51}"),
        Token("closecrm", "a Close key", "api_", @"api_[A-Za-z0-9]{22}\.[A-Za-z0-9]{22}", "api_{a22}.{a22}"),
        Token("linkedin", "a LinkedIn access token", "AQ", @"AQ[UVWXYZ][\w\-]{200,400}", "AQV{b340}"),
        Token("twitter-bearer", "an X bearer token", "AAAAAAAAAAAAAAAAAAAAA", "A{20,24}[A-Za-z0-9%]{70,120}", "AAAAAAAAAAAAAAAAAAAAAA{a90}") with { Padding = 'A', MinEntropy = 3 },
        Named("twitter-token", "an X access token", "twitter|x_access", @"\d{15,25}-[A-Za-z0-9]{20,45}", "TWITTER_ACCESS_TOKEN=⟦{d18}-{a40}⟧", "!twitter id: {d18}"),
        Token("instagram", "an Instagram token", "IGQ|IGAA", @"IG(?:Q[VW]|AA)[\w\-]{100,}", "IGQV{a140}"),
        Token("tiktok", "a TikTok token", "act.|rft.", @"(?:act|rft)\.[A-Za-z0-9]{40,90}(?:![A-Za-z0-9.]{2,12})?", "act.{a60}"),
        Token("spotify-refresh", "a Spotify token", "BQ|AQ", @"(?:BQ|AQ)[ABCD][\w\-]{120,300}", "BQD{b170}"),
        Token("nightfall", "a Nightfall key", "NF-", "NF-[A-Za-z0-9]{32}", "NF-{a32}"),
        Token("intercom", "an Intercom token", "dG9rO", "dG9rO[A-Za-z0-9+/]{40,80}={0,2}", "dG9rO{s60}="),
        Token("klaviyo", "a Klaviyo key", "pk_", "pk_(?:[A-Za-z0-9]{6}_)?[a-f0-9]{34}", "pk_{h34}"),
        Token("tableau", "a Tableau token", "==:", @"[A-Za-z0-9+/]{22}==:[A-Za-z0-9]{32}", "{s22}==:{a32}") with { Lead = 22, LeadShape = IsBase64 },
        Token("trufflehog", "a TruffleHog secret", "thog-secret-", "thog-secret-[a-f0-9]{32}", "thog-secret-{h32}"),
        Named("basecamp", "a customer service's key", "pipedrive|monday_|shortcut_|todoist|coda_api|smartsheet|zendesk_api|freshdesk|helpscout|greenhouse|bamboohr|calendly|webflow|storyblok|mixpanel|amplitude|browserstack|saucelabs|lokalise|crowdin", @"[\w\-=/+.]{16,}",
            "PIPEDRIVE_TOKEN=⟦{h40}⟧", "!calendly link: https://calendly.com/me/30min", "!mixpanel event: signup-completed-v2") with { Accepts = AssignedValue.IsKey, Confidence = 0.9, MinEntropy = 2.9 },
    ];
}
