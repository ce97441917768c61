using Gateway.Risk.Secrets.Written;
using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Databases as a service, content, search, files, maps and things.</summary>
internal static class DataRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("mongodb-atlas", "a MongoDB Atlas secret", "mdb_sa_sk_", @"mdb_sa_sk_[\w\-]{36,44}", "mdb_sa_sk_{b40}"),
        Token("neon", "a Neon key", "napi_|npg_", "(?:napi_[a-z0-9]{64}|npg_[A-Za-z0-9]{12,20})", "napi_{l64}"),
        Token("xata", "a Xata key", "xau_", "xau_[A-Za-z0-9]{36,48}", "xau_{a44}"),
        Token("fauna", "a Fauna key", "fnA|fnE", @"fn[AE][\w\-]{37,40}", "fnA{b38}") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("cockroachdb", "a CockroachDB key", "CCDB1_", "CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}", "CCDB1_{a22}_{a40}"),
        Token("aiven", "an Aiven credential", "AVNS_|aivenv1.", @"(?:AVNS_[\w\-]{16,24}|aivenv1\.[\w\-]{60,})", "AVNS_{b19}"),
        Token("clickhouse", "a ClickHouse Cloud secret", "4b1d", "4b1d[A-Za-z0-9]{38}", "4b1d{a38}"),
        Token("astra", "an Astra DB token", "AstraCS:", "AstraCS:[A-Za-z]{24}:[a-f0-9]{64}", "AstraCS:{c24}:{h64}"),
        Token("vercel-blob", "a Vercel Blob token", "vercel_blob_rw_", "vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30,44}", "vercel_blob_rw_{a16}_{a30}"),
        Token("confluent-cloud", "a Confluent Cloud secret", "cflt", "cflt[A-Za-z0-9+/]{60}", "cflt{s60}"),
        Token("nats", "a NATS seed", "SUA|SAA|SOA|SCA|SXA", "S[UAOCX]A[A-Z2-7]{55}", "SUA{t55}"),
        Token("databricks-oauth", "a Databricks secret", "dose|dkea", "d(?:ose|kea)[a-f0-9]{32}", "dose{h32}"),
        Named("sanity", "a Sanity token", "sanity", "sk[A-Za-z0-9]{80,180}", "SANITY_TOKEN=⟦sk{a170}⟧", "!sanity dataset: production"),
        Token("vk", "a VK token", "vk1.a.", @"vk1\.a\.[\w\-]{80,}", "vk1.a.{b190}"),
        Token("imagekit", "an ImageKit private key", "private_", "private_[A-Za-z0-9+/]{27}=", "private_{a27}="),
        Around(36, "maxmind", "a MaxMind license key", "_mmk", "[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk", "{a6}_{a29}_mmk"),
        Token("locationiq", "a LocationIQ key", "pk.", @"pk\.[a-f0-9]{32}", "pk.{h32}"),
        Token("mapbox-temporary", "a Mapbox temporary token", "tk.eyJ", @"tk\.eyJ[\w\-]{60,}\.[\w\-]{22}", "tk.eyJ{a80}.{b22}"),
        Named("algolia", "an Algolia key", "algolia", "[a-f0-9]{32}", "ALGOLIA_ADMIN_KEY=⟦{h32}⟧", "!algolia index: products"),
        Named("openweather", "an OpenWeather key", "openweather|owm_|weatherapi", "[a-f0-9]{31,32}", "OPENWEATHER_API_KEY=⟦{h32}⟧", "!openweather units: metric"),
        Named("maps", "a map service's key", "here_api|tomtom|mapquest|opencage|maptiler|geoapify|positionstack|ipstack|ipinfo|ipgeolocation", @"[\w\-]{14,43}", "TOMTOM_KEY=⟦{a32}⟧", "!tomtom map style: night") with { Accepts = AssignedValue.IsKey, MinEntropy = 3 },
        Token("adafruit", "an Adafruit IO key", "aio_", "aio_[A-Za-z0-9]{28}", "aio_{a28}"),
        Token("ubidots", "an Ubidots token", "BBFF-|BBUS-", "BB(?:FF|US)-[A-Za-z0-9]{30}", "BBFF-{a30}"),
        Token("contentstack", "a Contentstack token", "blt", "blt[a-f0-9]{16,24}", "blt{h16}"),
        Token("apify", "an Apify token", "apify_api_", @"apify_api_[A-Za-z0-9\-]{36}", "apify_api_{a36}"),
        Token("quicknode", "a QuickNode key", "QN_", "QN_[a-f0-9]{32}", "QN_{h32}"),
        Token("lichess", "a Lichess token", "lip_", "lip_[A-Za-z0-9]{20}", "lip_{a20}"),
        Token("riot", "a Riot Games key", "RGAPI-", $"RGAPI-{Uuid}", $"RGAPI-{MadeUpUuid}"),
        Named("steam", "a Steam key", "steam_api|steam_web|steam_key|steamapi", "[A-F0-9]{32}", "STEAM_API_KEY=⟦{d32}⟧", "!steam_api_version = 2") with { Accepts = value => value.Distinct().Count() > 6 },
        Free("jwk", "Is the private part of a JSON web key.", "PRIVATE_KEY", "\"d\"", @"""d""\s{0,2}:\s{0,2}""(?<v>[\w\-]{40,})", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"⟦{b43}⟧\"}", "!{\"a\":1,\"d\":\"none\"}"),
        Token("bip32", "an extended private key of a wallet", "xprv|yprv|zprv|tprv", "[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107}", "xprv{w107}"),
        Token("nostr", "a Nostr private key", "nsec1", "nsec1[ac-hj-np-z02-9]{58}", "nsec1{n58}"),
        Token("minisign", "a minisign secret key", "RWRTY0Iy", "RWRTY0Iy[A-Za-z0-9+/]{150,}={0,2}", "RWRTY0Iy{s204}"),
        Token("sui", "a Sui private key", "suiprivkey1", "suiprivkey1[ac-hj-np-z02-9]{58,60}", "suiprivkey1{n59}"),
    ];
}
