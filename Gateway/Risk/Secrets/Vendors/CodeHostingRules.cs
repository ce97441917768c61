using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Where code is kept, packaged, built and planned.</summary>
internal static class CodeHostingRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("github-token", "a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_", "gh[pousr]_[A-Za-z0-9]{36,}", "gh" + "p_{a36}", "!ghp_short"),
        Token("github-fine-grained", "a fine-grained GitHub token", "github_pat_", @"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", "github" + "_pat_{a22}_{a59}"),
        Token("gitlab-token", "a GitLab token", "glpat-|gldt-|glrt-|glcbt-|glptt-|glft-|glimt-|glagent-|gloas-|glsoat-|glffct-|glwt-",
            @"gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct|wt)-[\w\-]{20,}(?:\.[\w.]{5,24})?", "gl" + "pat-{b20}", "⟦gl" + "pat-{b27}.{l2}.{l9}⟧"),
        Token("gitlab-runner", "a GitLab runner registration token", "GR1348941", @"GR1348941[\w\-]{20,50}", "GR13" + "48941{b20}"),
        Free("gitlab-session", "Is a GitLab session cookie.", "SECRET", "_gitlab_session=", "_gitlab_session=(?<v>[0-9a-z]{32})", "Cookie: _gitlab_session=⟦{h32}⟧", "!_gitlab_session=none"),
        Token("bitbucket", "a Bitbucket app password", "ATBB", "ATBB[A-Za-z0-9_=.\\-]{28,}", "AT" + "BB{a32}"),
        Token("atlassian", "an Atlassian API token", "ATATT3|ATCTT3", @"AT[AC]TT3[\w\-=]{60,}", "AT" + "ATT3{b186}"),
        Named("atlassian-legacy", "an Atlassian API token", "atlassian|confluence|jira", "[a-z0-9]{24}", "jira_token = ⟦{l24}⟧", "!jira ticket: ABC-1234"),
        Token("npm", "an npm token", "npm_", "npm_[A-Za-z0-9]{36}", "np" + "m_{a36}", "!npm_config_registry"),
        Token("pypi", "a PyPI token", "pypi-AgE", @"pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBp)[\w\-]{50,}", "pyp" + "i-AgEIcHlwaS5vcmc{b80}"),
        Token("rubygems", "a RubyGems key", "rubygems_", "rubygems_[a-f0-9]{48}", "ruby" + "gems_{h48}"),
        Token("nuget", "a NuGet key", "oy2", "oy2[a-z0-9]{43}", "oy" + "2{l43}"),
        Token("crates", "a crates.io token", "cio", "cio[A-Za-z0-9]{32}", "ci" + "o{a32}"),
        Token("clojars", "a Clojars token", "CLOJARS_", "CLOJARS_[a-z0-9]{60}", "CLO" + "JARS_{l60}"),
        Token("artifactory", "an Artifactory key", "AKC|AP", "(?:AKC[A-Za-z0-9]{10,73}|AP[\\dABCDEF][A-Za-z0-9]{8,73})", "AK" + "Cp{a69}", "!APPLICATION", "!APDEFAULTS", "!AKCTION") with { Accepts = value => value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetterLower), MinEntropy = 3.2 },
        Token("sourcegraph", "a Sourcegraph token", "sgp_", "sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}", "sg" + "p_{h16}_{h40}"),
        Token("sonar", "a Sonar token", "squ_|sqp_|sqa_", "sq[upa]_[a-z0-9]{40}", "sq" + "u_{l40}"),
        Token("postman", "a Postman key", "PMAK-", "PMAK-[a-f0-9]{24}-[a-f0-9]{34}", "PM" + "AK-{h24}-{h34}"),
        Token("readme", "a ReadMe key", "rdme_", "rdme_[a-z0-9]{70}", "rd" + "me_{l70}"),
        Token("linear", "a Linear key", "lin_api_|lin_oauth_", "lin_(?:api|oauth)_[A-Za-z0-9]{40,64}", "li" + "n_api_{a40}"),
        Token("notion", "a Notion token", "secret_|ntn_", "(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,50})", "nt" + "n_{a46}", "!secret_access_level"),
        Token("figma", "a Figma token", "figd_|figo_", @"fig[do]_[\w\-]{40,}", "fi" + "gd_{b40}"),
        Token("airtable", "an Airtable token", "pat", @"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}", "pa" + "t{a14}.{h64}", "!pattern.example"),
        Token("asana", "an Asana token", "1/|2/", @"(?:1/\d{12,17}:[a-f0-9]{32}|2/\d{12,17}/\d{12,17}:[a-f0-9]{32})", "1/{d16}:{h32}", "!1/2 cup"),
        Named("asana-client", "an Asana client id or secret", "asana", "[0-9]{16}|[a-z0-9]{32}", "asana_client_secret = ⟦{l32}⟧", "!asana board = 12"),
        Token("sentry", "a Sentry token", "sntrys_|sntryu_", @"sntry(?:s_eyJ[A-Za-z0-9+/=_\-]{80,}|u_[a-f0-9]{64})", "snt" + "ryu_{h64}"),
        Token("new-relic", "a New Relic key", "NRAK-|NRII-|NRJS-", @"NR(?:AK-[A-Z0-9]{27}|II-[\w\-]{32}|JS-[a-f0-9]{19})", "NR" + "AK-{u27}"),
        Token("dynatrace", "a Dynatrace token", "dt0c01.|dt0s01.", @"dt0[cs]01\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}", "dt" + "0c01.{u24}.{u64}"),
        Named("datadog", "a Datadog key", "datadog|dd_api|dd_app", "[a-z0-9]{40}|[a-f0-9]{32}", "DD_API_KEY=⟦{h32}⟧", "datadog_app_key: \"⟦{h40}⟧\"", "!datadog = enabled"),
        Token("grafana", "a Grafana token", "glsa_|glc_|eyJrIjoi", @"(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/]{32,}={0,3}|eyJrIjoi[A-Za-z0-9]{70,}={0,3})", "gl" + "sa_{a32}_{h8}"),
        Token("launchdarkly", "a LaunchDarkly key", "api-|sdk-|mob-", "(?:api|sdk|mob)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", "sd" + "k-{h8}-{h4}-4{h3}-a{h3}-{h12}", "!sdk-version"),
        Token("buildkite", "a Buildkite token", "bkua_", "bkua_[a-f0-9]{40}", "bk" + "ua_{h40}"),
        Token("circleci", "a CircleCI token", "CCIPAT_|CCIPRJ_", @"CCIP(?:AT|RJ)_[A-Za-z0-9]{10,30}_[a-f0-9]{40}", "CCI" + "PAT_{a22}_{h40}"),
    ];
}
