using Gateway.Risk.Secrets.Written;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Payments, banking, trade and coins.</summary>
internal static class PaymentRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("paypal", "a PayPal access token", "A21AA", @"A21AA[\w\-]{80,100}", "A21AA{b92}"),
        Token("adyen", "an Adyen key", "AQE", @"AQE[A-Za-z0-9+/]{40,}={0,2}-[A-Za-z0-9+/]{30,}={0,2}-[^\s""'`]{12,30}", "AQE{s60}-{s43}=-{a16}"),
        Token("stripe-intent", "a Stripe client secret", "pi_|seti_", "(?:pi|seti)_[A-Za-z0-9]{20,30}_secret_[A-Za-z0-9]{20,30}", "pi_{a24}_secret_{a25}"),
        Token("razorpay", "a Razorpay key", "rzp_live_|rzp_test_", "rzp_(?:live|test)_[A-Za-z0-9]{14}", "rzp_live_{a14}", "!rzp_live_mode"),
        Token("pagarme", "a Pagar.me key", "ak_live_|ak_test_", "ak_(?:live|test)_[A-Za-z0-9]{30}", "ak_live_{a30}"),
        Token("mollie", "a Mollie key", "live_|test_", "(?:live|test)_[A-Za-z0-9]{30}", "live_{a30}", "!test_thisisafunctionnamewithoutend") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("checkout", "a Checkout.com key", "sk_sbox_|sk_", "sk_(?:sbox_[a-z0-9]{26,28}|[a-z0-9]{27,28})[*!.,_$=\\-]?", "sk_sbox_{l27}", "!sk_learn_and_other_things_too") with { Accepts = HasDigits, MinEntropy = 3.6, EndsWord = false },
        Token("paddle", "a Paddle key", "pdl_live_|pdl_sdbx_", @"pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}", "pdl_live_apikey_{l26}_{a22}_{a3}"),
        Token("chargebee", "a Chargebee key", "live_|test_", "(?:live|test)_(?:cd)?[A-Za-z0-9]{32,48}", "live_{a36}", "!test_everythingthatcouldgowronginthisplace") with { Accepts = value => value.Count(char.IsAsciiDigit) > 2 && value.Any(char.IsAsciiLetterUpper), MinEntropy = 4 },
        Token("recharge", "a Recharge key", "sk_", "sk(?:_test)?_(?:1|2|3|5|10)x[123]_[0-9a-fA-F]{64}", "sk_1x1_{h64}"),
        Token("mercury", "a Mercury token", "secret-token:mercury_", @"secret-token:mercury_(?:production|sandbox)_[\w.\-]{20,}", "secret-token:mercury_production_{b50}"),
        Token("ramp", "a Ramp secret", "ramp_sec_", "ramp_sec_[A-Za-z0-9]{48}", "ramp_sec_{a48}"),
        Token("brex", "a Brex token", "bxt_", "bxt_[A-Za-z0-9]{36}", "bxt_{a36}"),
        Token("xendit", "a Xendit key", "xnd_production_|xnd_development_", "xnd_(?:production|development)_[A-Za-z0-9]{40,64}", "xnd_production_{a48}"),
        Token("midtrans", "a Midtrans server key", "Mid-server-|SB-Mid-server-", @"(?:SB-)?Mid-server-[\w\-]{20,28}", "Mid-server-{b24}"),
        Token("cashfree", "a Cashfree secret", "cfsk_", "cfsk_ma_(?:prod|test)_[a-f0-9]{32}_[a-f0-9]{8}", "cfsk_ma_prod_{h32}_{h8}"),
        Token("mercadopago", "a Mercado Pago token", "APP_USR-|TEST-", @"(?:APP_USR|TEST)-\d{13,16}-\d{6}-[a-f0-9]{32}(?:__[A-Z_]{2,8}__)?-\d{6,10}", "APP_USR-{d16}-{d6}-{h32}-{d9}", "!TEST-2024-results"),
        Token("toss", "a Toss Payments key", "live_sk_|test_sk_|live_gsk_|test_gsk_", "(?:live|test)_g?sk_[A-Za-z0-9]{20,40}", "live_sk_{a28}"),
        Token("polar", "a Polar token", "polar_oat_|polar_at_|polar_pat_", @"polar_(?:oat|at_[a-z]|pat)_[A-Za-z0-9]{30,60}", "polar_oat_{a43}"),
        Token("conekta", "a Conekta key", "key_", "key_[A-Za-z0-9]{20,24}", "key_{a22}", "!key_valuestoreinterface") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("woocommerce", "a WooCommerce key", "ck_|cs_", "c[ks]_[a-f0-9]{40}", "ck_{h40}"),
        Token("amazon-mws", "an Amazon Marketplace token", "amzn.mws.", $@"amzn\.mws\.{Uuid}", $"amzn.mws.{MadeUpUuid}"),
        Token("amazon-login", "an Amazon client secret", "amzn1.oa2-cs.", @"amzn1\.oa2-cs\.v1\.[a-f0-9]{64}", "amzn1.oa2-cs.v1.{h64}"),
        Token("amazon-seller", "an Amazon seller token", "Atzr|Atza", @"Atz[ar]\|[\w\-+/=]{60,}", "Atzr|{b200}"),
        Token("ebay", "an eBay token", "v^1.1#", @"v\^1\.1#[A-Za-z0-9+/=#^\-]{60,}", "v^1.1#i^1#p^3#{s120}"),
        Token("ebay-app", "an eBay certificate id", "PRD-|SBX-", "(?:PRD|SBX)-[a-f0-9]{12}(?:-[a-f0-9]{4}){4}", "PRD-{h12}-{h4}-{h4}-{h4}-{h4}"),
        Token("aftership", "an AfterShip key", "asat_", "asat_[a-f0-9]{32}", "asat_{h32}"),
        Token("flexport", "a Flexport token", "shltm_", @"shltm_[\w\-]{40}", "shltm_{b40}"),
        Token("persona", "a Persona key", "persona_production_|persona_sandbox_", $"persona_(?:production|sandbox)_{Uuid}", $"persona_production_{MadeUpUuid}"),
        Token("onfido", "an Onfido token", "api_live|api_sandbox", @"api_(?:live|sandbox)(?:_(?:us|ca))?\.[\w\-]{11}\.[\w\-]{32}", "api_live.{b11}.{b32}"),
        Token("coinbase-cloud", "a Coinbase key name", "organizations/", $@"organizations/{Uuid}/apiKeys/{Uuid}", $"organizations/{MadeUpUuid}/apiKeys/{MadeUpUuid}", "!organizations/acme/apiKeys/list"),
        Token("robinhood", "a Robinhood key", "rh-api-", $"rh-api-{Uuid}", $"rh-api-{MadeUpUuid}"),
        Token("alchemy", "an Alchemy key", "alcht_|alcm_", "alc(?:ht|m)_[A-Za-z0-9]{30}", "alcht_{a30}"),
        Token("blockfrost", "a Blockfrost key", "mainnet|preprod|preview", "(?:mainnet|preprod|preview)[A-Za-z0-9]{32}", "mainnet{a32}"),
        Token("covalent", "a Covalent key", "cqt_|ckey_", "(?:cqt_[A-Za-z0-9]{24,30}|ckey_[a-f0-9]{24,30})", "cqt_{a28}"),
        Token("settlemint", "a SettleMint token", "sm_aat_|sm_pat_|sm_sat_", "sm_[aps]at_[A-Za-z0-9]{16}", "sm_pat_{a16}"),
        Named("binance", "a Binance key", "binance", "[A-Za-z0-9]{64}", "BINANCE_API_SECRET=⟦{a64}⟧", "!binance symbol: BTCUSDT"),
        Named("exchange", "an exchange's key", "bybit|okx_|okex|bitfinex|gateio|bitmex|poloniex|huobi|bitstamp|alpaca|etherscan|infura|bscscan|polygonscan", @"[\w\-+/=]{18,88}", "BYBIT_SECRET=⟦{a36}⟧", "!infura network: mainnet") with { Accepts = AssignedValue.IsKey, MinEntropy = 3 },
        Free("wallet-key", "Is the private key of a wallet.", "PRIVATE_KEY", "0x", "(?<v>0x[a-fA-F0-9]{64})", "deployer private key ⟦0x{h64}⟧", "!tx hash 0x{h64}", "!address 0x{h40}") with { After = ["private key", "private_key", "privatekey", "priv_key", "secret key", "secret_key", "deployer_key", "wallet key", "wallet_key"] },
    ];
}
