using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Models, payment, commerce and customers.</summary>
internal static class ServiceRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("openai", "an OpenAI key", "sk-", @"sk-(?:(?:proj|svcacct|admin|None|service)-[\w\-]{20,}|[A-Za-z0-9\-]{0,40}[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{48})", "s" + "k-proj-{b60}", "key ⟦s" + "k-{a20}T3Blb" + "kFJ{a20}⟧ here", "!sk-learn-estimators") with { Accepts = value => value.Any(char.IsAsciiDigit), MinEntropy = 3.4 },
        Token("anthropic", "an Anthropic key", "sk-ant-", @"sk-ant-(?:api|admin|sid|oat)\d\d-[\w\-]{80,}", "s" + "k-ant-api03-{b93}AA"),
        Token("openrouter", "an OpenRouter key", "sk-or-v1-", "sk-or-v1-[a-f0-9]{64}", "s" + "k-or-v1-{h64}"),
        Token("deepseek", "a model provider's key", "sk-", "sk-[a-f0-9]{32}", "s" + "k-{h32}"),
        Token("huggingface", "a Hugging Face token", "hf_|api_org_", "(?:hf_|api_org_)[A-Za-z0-9]{34,40}", "h" + "f_{a34}", "!hf_transformers_cache_directory"),
        Token("replicate", "a Replicate token", "r8_", "r8_[A-Za-z0-9]{37,40}", "r" + "8_{a37}"),
        Token("groq", "a Groq key", "gsk_", "gsk_[A-Za-z0-9]{52}", "gs" + "k_{a52}"),
        Token("perplexity", "a Perplexity key", "pplx-", "pplx-[A-Za-z0-9]{48}", "pp" + "lx-{a48}"),
        Token("xai", "an xAI key", "xai-", "xai-[A-Za-z0-9]{70,90}", "xa" + "i-{a80}"),
        Token("langsmith", "a LangSmith key", "lsv2_", @"lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}", "ls" + "v2_pt_{h32}_{h10}"),
        Token("tavily", "a Tavily key", "tvly-", @"tvly-[\w\-]{32,60}", "tv" + "ly-{a32}") with { MinEntropy = 3.4 },
        Token("stripe", "a Stripe key", "sk_live_|sk_test_|sk_prod_|rk_live_|rk_test_|rk_prod_", "[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}", "s" + "k_live_{a24}", "!task_live_status"),
        Token("stripe-webhook", "a Stripe webhook secret", "whsec_", "whsec_[A-Za-z0-9+/]{32,64}", "wh" + "sec_{a32}"),
        Token("square", "a Square credential", "sq0atp-|sq0csp-|EAAAE", @"(?:sq0(?:atp|csp)-[\w\-]{22,60}|EAAAE[\w\-+/]{55,65})", "sq" + "0atp-{b22}", "key ⟦EA" + "AAE{b60}⟧ here"),
        Token("shopify", "a Shopify token", "shpat_|shpca_|shppa_|shpss_", "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}", "sh" + "pat_{h32}"),
        Token("braintree", "a Braintree access token", "access_token$", @"access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}", "access" + "_token$production${l16}${h32}"),
        Token("plaid", "a Plaid access token", "access-sandbox-|access-development-|access-production-", "access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "access" + "-production-{h8}-{h4}-{h4}-{h4}-{h12}", "!access-production-systems"),
        Token("shippo", "a Shippo token", "shippo_live_|shippo_test_", "shippo_(?:live|test)_[a-fA-F0-9]{40}", "shi" + "ppo_live_{h40}"),
        Token("lob", "a Lob key", "live_|test_", "(?:live|test)_(?:pub_)?[a-f0-9]{31,35}", "li" + "ve_{h35}", "!test_something_useful"),
        Token("gocardless", "a GoCardless token", "live_", @"live_[A-Za-z0-9\-_=]{40}", "li" + "ve_{a40}", "!live_migration_of_the_production_database_now") with { MinEntropy = 4, Accepts = value => value.Count(char.IsAsciiDigit) > 2 },
        Token("flutterwave", "a Flutterwave key", "FLWSECK", @"FLWSECK(?:_TEST)?-[a-hA-H0-9]{12,32}-X", "FLW" + "SECK-{h32}-X"),
        Token("hubspot", "a HubSpot token", "pat-na1-|pat-na2-|pat-eu1-", "pat-(?:na|eu)\\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "pa" + "t-na1-{h8}-{h4}-{h4}-{h4}-{h12}", "!pat-na1-your-token"),
        Named("hubspot-legacy", "a HubSpot key", "hubspot", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "hubspot_api_key = ⟦{h8}-{h4}-{h4}-{h4}-{h12}⟧", "!hubspot: contacts"),
        Token("typeform", "a Typeform token", "tfp_", @"tfp_[\w\-.=]{59}", "tf" + "p_{b59}"),
        Token("easypost", "an EasyPost key", "EZAK|EZTK", "EZ[AT]K[A-Za-z0-9]{54}", "EZ" + "AK{a54}"),
        Token("duffel", "a Duffel token", "duffel_", @"duffel_(?:test|live)_[\w\-=]{43}", "duf" + "fel_live_{b43}"),
        Token("frameio", "a Frame.io token", "fio-u-", @"fio-u-[\w\-=]{64}", "fi" + "o-u-{b64}"),
        Token("prefect", "a Prefect key", "pnu_", "pnu_[a-zA-Z0-9]{36}", "pn" + "u_{a36}"),
        Token("contentful", "a Contentful token", "CFPAT-", @"CFPAT-[\w\-]{43}", "CF" + "PAT-{b43}"),
        Token("mapbox", "a Mapbox secret token", "sk.eyJ", @"sk\.eyJ[\w\-]{60,}\.[\w\-]{22}", "s" + "k.eyJ{a80}.{b22}"),
    ];
}
