using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Clouds, hosting, infrastructure and secret stores.</summary>
internal static class CloudRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("aws-access-key", "an AWS access key id", "AKIA|ASIA|ABIA|ACCA", "A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}", "AK" + "IA{u16}", "!AK" + "IAIOSFODNN7EXAMPLE"),
        Named("aws-secret-key", "an AWS secret access key", "aws", "[A-Za-z0-9/+]{40}", "aws_secret_access_key = ⟦{s40}⟧", "!aws_region = eu-central-1"),
        Token("gcp-api-key", "a Google API key", "AIza", @"AIza[\w\-]{35}", "AI" + "za{b35}"),
        Token("gcp-client-secret", "a Google OAuth client secret", "GOCSPX-", @"GOCSPX-[\w\-]{28}", "GOC" + "SPX-{b28}"),
        Token("gcp-access-token", "a Google OAuth access token", "ya29.", @"ya29\.[\w\-]{30,}", "ya" + "29.{b80}"),
        Free("azure-storage-key", "Is the account key of a storage connection string.", "SECRET", "AccountKey|SharedAccessKey",
            "(?:AccountKey|SharedAccessKey)=(?<v>[A-Za-z0-9+/]{43,86}={1,2})", "AccountName=x;AccountKey=⟦{s86}==⟧;EndpointSuffix=core", "!AccountKey=<key>"),
        Around(3, "azure-client-secret", "an Azure AD client secret", "8Q~|7Q~|6Q~", @"[\w~.\-]{3}\dQ~[\w~.\-]{31,34}", "{a3}8Q~{a34}"),
        Free("azure-sas", "Is the signature of a shared access URL.", "SECRET", "sig=", "sig=(?<v>[A-Za-z0-9%]{43,64}%3D)", "https://x.blob.io/c?sv=2024&sig=⟦{a43}%3D⟧", "!?sig=none"),
        Token("digitalocean", "a DigitalOcean token", "dop_v1_|doo_v1_|dor_v1_", "do[por]_v1_[a-f0-9]{64}", "dop" + "_v1_{h64}"),
        Named("cloudflare", "a Cloudflare key", "cloudflare", @"[\w\-]{40}|[0-9a-f]{37}", "CLOUDFLARE_API_TOKEN=⟦{b40}⟧", "!cloudflare = enabled"),
        Token("cloudflare-origin-ca", "a Cloudflare origin CA key", "v1.0-", "v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}", "v1.0-{h24}-{h146}", "!v1.0-beta"),
        Token("heroku", "a Heroku token", "HRKU-", @"HRKU-[\w\-]{36,64}", "HR" + "KU-AA{b58}"),
        Named("heroku-legacy", "a Heroku API key", "heroku", Uuid, "heroku_api_key = ⟦{h8}-{h4}-{h4}-{h4}-{h12}⟧", "!heroku apps:info"),
        Token("alibaba", "an Alibaba Cloud access key id", "LTAI", "LTAI[A-Za-z0-9]{12,26}", "LT" + "AI{a20}"),
        Token("tencent", "a Tencent Cloud secret id", "AKID", "AKID[A-Za-z0-9]{32}", "AK" + "ID{a32}"),
        Token("yandex", "a Yandex Cloud key", "AQVN", @"AQVN[\w\-]{35,38}", "AQ" + "VN{b36}"),
        Named("ibm-cloud", "an IBM Cloud key", "ibm|softlayer|cloudant|bluemix|sl_api|slapi", @"[\w\-]{44}|[a-f0-9]{64}|[a-f0-9]{48}", "ibm_cloud_api_key: ⟦{b44}⟧", "!ibm cloud: enabled"),
        Token("doppler", "a Doppler token", "dp.", @"dp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w\-]{2,35}\.)?[A-Za-z0-9]{40,44}", "dp.pt.{a43}", "!dp.st.x"),
        Token("vault", "a HashiCorp Vault token", "hvs.|hvb.|hvr.", @"hv[sbr]\.[\w\-]{24,}", "hv" + "s.{b90}"),
        Around(14, "terraform", "a Terraform Cloud token", ".atlasv1.", @"[A-Za-z0-9]{14}\.atlasv1\.[\w\-=]{60,70}", "{a14}.atlas" + "v1.{b64}"),
        Token("pulumi", "a Pulumi token", "pul-", "pul-[a-f0-9]{40}", "pul" + "-{h40}"),
        Token("fly", "a Fly.io token", "FlyV1|fo1_|fm2_", @"(?:fo1_[\w\-]{43}|fm[12]_[A-Za-z0-9+/]{100,}={0,2})", "fo" + "1_{b43}"),
        Token("scalingo", "a Scalingo token", "tk-us-", @"tk-us-[\w\-]{48}", "tk" + "-us-{b48}"),
        Token("openshift", "an OpenShift token", "sha256~", @"sha256~[\w\-]{43}", "sha" + "256~{b43}", "!sha256:{h64}"),
        Token("docker", "a Docker Hub token", "dckr_pat_|dckr_oat_", @"dckr_[po]at_[\w\-]{27,32}", "dckr" + "_pat_{b27}"),
        Token("databricks", "a Databricks token", "dapi", "dapi[a-f0-9]{32}(?:-\\d)?", "da" + "pi{h32}", "!dapilog"),
        Token("planetscale", "a PlanetScale credential", "pscale_", @"pscale_(?:tkn|pw|oauth)_[\w\-.=]{32,64}", "ps" + "cale_tkn_{b43}"),
        Token("supabase", "a Supabase token", "sbp_|sb_secret_", @"(?:sbp_[a-f0-9]{40}|sb_secret_[\w\-]{31,})", "sb" + "p_{h40}"),
        Token("netlify", "a Netlify token", "nfp_", "nfp_[A-Za-z0-9]{36,40}", "nf" + "p_{a36}"),
        Token("vercel", "a Vercel token", "vcp_|vck_", "vc[pk]_[A-Za-z0-9]{24,64}", "vc" + "p_{a56}"),
        Token("1password-key", "a 1Password secret key", "A3-", "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}", "A3-{u6}-{u6}-{u5}-{u5}-{u5}-{u5}", "!A3-xXXXXX-XXXXXX-XXXXX-XXXXX-XXXXX-XXXXX"),
        Token("1password-service", "a 1Password service account token", "ops_eyJ", "ops_eyJ[A-Za-z0-9+/_\\-]{200,}={0,3}", "ops_" + "eyJ{a260}"),
        Token("age", "an age secret key", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", "AGE-SECRET-" + "KEY-1{q58}"),
        Token("infracost", "an Infracost key", "ico-", "ico-[A-Za-z0-9]{32}", "ic" + "o-{a32}", "!box.ico-7a388b69018576d24b59331fd60aab0c.png") with { MinEntropy = 3.4 },
    ];
}
