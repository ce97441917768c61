using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Building, testing, releasing and watching over software.</summary>
internal static class BuildRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("bitbucket-server", "a Bitbucket Data Center token", "BBDC-", "BBDC-[A-Za-z0-9+/@_\\-]{40,50}", "BBDC-{a44}"),
        Token("teamcity", "a TeamCity token", "eyJ0eXAiOiAiVENWMiJ9.", @"eyJ0eXAiOiAiVENWMiJ9\.[\w\-]{20,60}\.[\w\-]{30,60}", "eyJ0eXAiOiAiVENWMiJ9.{b36}.{b48}"),
        Named("jenkins", "a Jenkins token", "jenkins", "11[a-f0-9]{32}", "JENKINS_API_TOKEN=⟦11{h32}⟧", "!jenkins job: build-11"),
        Named("gitea", "a Gitea or Forgejo token", "gitea|forgejo|codeberg|gogs", "[a-f0-9]{40}", "GITEA_TOKEN=⟦{h40}⟧", "!gitea version: 1.21"),
        Named("sonar-legacy", "a Sonar token", "sonar", "[a-f0-9]{40}", "sonar.login=⟦{h40}⟧", "!sonar.projectKey=my-project"),
        Named("snyk", "a Snyk token", "snyk", Uuid, $"SNYK_TOKEN=⟦{MadeUpUuid}⟧", "!snyk test --all-projects"),
        Token("snyk-account", "a Snyk account token", "snyk_uat.|snyk_sat.", @"snyk_[us]at\.[a-f0-9]{8}\.[\w\-.]{20,}", "snyk_uat.{h8}.{b48}"),
        Token("artifactory-reference", "an Artifactory reference token", "cmVmd", "cmVmd[A-Za-z0-9]{59}", "cmVmd{a59}"),
        Token("packagist", "a Packagist token", "packagist_", "packagist_[a-z]{3}_[A-Za-z0-9]{40,80}", "packagist_uut_{h68}"),
        Token("jsr", "a JSR token", "jsrp_|jsrd_", "jsr[pd]_[A-Za-z0-9]{36}", "jsrp_{a36}"),
        Token("socket-dev", "a Socket token", "sktsec_", @"sktsec_[\w\-]{32,60}", "sktsec_{b44}"),
        Token("endor", "an Endor Labs key", "endr+", @"endr\+[A-Za-z0-9\-]{16}", "endr+{a16}"),
        Token("deepsource", "a DeepSource token", "dsp_", "dsp_[a-f0-9]{40}", "dsp_{h40}"),
        Token("chromatic", "a Chromatic token", "chpt_", "chpt_[a-f0-9]{12,20}", "chpt_{h16}"),
        Token("percy", "a Percy token", "web_|auto_", "(?:web|auto)_[a-f0-9]{64}", "web_{h64}"),
        Token("sourcegraph-cody", "a Sourcegraph license key", "slk_", "slk_[a-f0-9]{64}", "slk_{h64}"),
        Token("depot", "a Depot token", "depot_project_|depot_org_|depot_user_", "depot_(?:project|org|user)_[a-f0-9]{50,80}", "depot_project_{h64}"),
        Token("wakatime", "a WakaTime key", "waka_", $"waka_(?:tok_)?{Uuid}", $"waka_{MadeUpUuid}"),
        Token("npm-legacy", "an npm token", "npm_", "npm_[A-Za-z0-9]{40,60}", "npm_{a48}"),
        Token("retool", "a Retool token", "retool_", "retool_[0-9a-z]{26}", "retool_{l26}"),
        Token("gitbook", "a GitBook token", "gb_api_", "gb_api_[A-Za-z0-9]{40}", "gb_api_{a40}"),
        Token("apollo", "an Apollo GraphQL key", "service:|user:gh.", @"(?:service:[A-Za-z][\w\-]{1,60}|user:gh\.[\w\-]{36}):[\w\-]{22}", "service:my-graph-7:{b22}", "!service:orders:connection-string-v1") with { MinEntropy = 3.6 },
        Token("codefresh", "a Codefresh key", "cf_", @"cf_[a-f0-9]{24}\.[a-f0-9]{32}", "cf_{h24}.{h32}"),
        Token("honeycomb", "a Honeycomb key", "hcaik_|hcbik_|hcxik_|hcamk_|hcxmk_", "hc[abx][im]k_[a-z0-9]{58}", "hcaik_{l58}"),
        Token("axiom", "an Axiom token", "xaat-|xapt-", $"xa[ap]t-{Uuid}", $"xaat-{MadeUpUuid}"),
        Token("coralogix", "a Coralogix key", "cxtp_|cxup_", "cx[tu]p_[A-Za-z0-9]{30}", "cxtp_{a30}"),
        Token("posthog", "a PostHog key", "phx_|phs_", "ph[xs]_[A-Za-z0-9_]{43,48}", "phx_{a43}"),
        Token("new-relic-ingest", "a New Relic key", "NRBR-|NRIQ-", @"NR(?:BR-[a-f0-9]{19}|IQ-[\w\-]{32})", "NRBR-{h19}"),
        Around(36, "new-relic-license", "a New Relic license key", "FFFFNRAL", "(?:[a-f0-9]{32}|eu01xx[a-f0-9]{26}|[a-f0-9]{36})FFFFNRAL", "{h32}FFFFNRAL"),
        Token("fullstory", "a FullStory key", "na1.|eu1.", @"(?:na|eu)1\.[A-Za-z0-9+/]{100}", "na1.{s100}"),
        Token("uptimerobot", "an UptimeRobot key", "u1|u2|u3|m7", @"(?:u\d{6,9}-[a-f0-9]{24}|m\d{9}-[a-f0-9]{24})", "u1{d6}-{h24}"),
        Token("checkly", "a Checkly key", "cu_", "cu_[a-f0-9]{32}", "cu_{h32}"),
        Token("incident-io", "an incident.io key", "inc_", "inc_[a-f0-9]{64}", "inc_{h64}"),
        Token("rootly", "a Rootly key", "rootly_", "rootly_[a-f0-9]{64}", "rootly_{h64}"),
        Named("splunk", "a Splunk collector token", "splunk", Uuid, $"Splunk_HEC_Token: ⟦{MadeUpUuid}⟧", "!splunk index: main"),
        Named("pagerduty", "a PagerDuty key", "pagerduty|pager_duty|pd_api", @"[\w+\-]{20}|[a-f0-9]{32}", "PAGERDUTY_TOKEN=⟦u+{a18}⟧", "!pagerduty service: my-team-on-call-24") with { Accepts = value => value.Any(char.IsAsciiDigit) && value.Any(char.IsAsciiLetter), MinEntropy = 3.4 },
        Named("opsgenie", "an Opsgenie key", "opsgenie|genie", Uuid, $"OPSGENIE_API_KEY=⟦{MadeUpUuid}⟧", "!opsgenie: eu"),
        Named("influxdb", "an InfluxDB token", "influx", @"[\w\-]{86}==", "INFLUX_TOKEN=⟦{b86}==⟧", "!influx bucket: metrics"),
        Token("statsig", "a Statsig secret", "secret-|console-", @"(?:secret|console)-[A-Za-z0-9]{43}", "secret-{a43}"),
        Token("configcat", "a ConfigCat key", "configcat-", @"configcat-(?:sdk|proxy)-1/[\w\-]{22}/[\w\-]{22}", "configcat-sdk-1/{b22}/{b22}"),
        Token("flagsmith", "a Flagsmith server key", "ser.", @"ser\.[A-Za-z0-9]{22}", "ser.{a22}") with { Accepts = HasDigits, MinEntropy = 3.6 },
        Around(40, "unleash", "an Unleash token", ":development.|:production.|:*.", @"[\w*\-]{1,40}:(?:development|production|\*)\.[a-f0-9]{56,64}", "default:development.{h60}"),
        Token("growthbook", "a GrowthBook key", "secret_admin_|secret_readonly_|secret_user_", @"secret_(?:admin|readonly|user)_[\w\-]{20,50}", "secret_admin_{a32}"),
        Token("devcycle", "a DevCycle key", "dvc_server_", @"dvc_(?:server)_[\w\-]{20,80}", "dvc_server_{a40}"),
        Token("segment", "a Segment token", "sgp_", "sgp_[A-Za-z0-9]{64}", "sgp_{a64}"),
    ];
}
