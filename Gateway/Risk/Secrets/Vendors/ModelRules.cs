using static Gateway.Risk.Secrets.SecretRule;

namespace Gateway.Risk.Secrets.Vendors;

/// <summary>Models: who serves them, and what is built around them.</summary>
internal static class ModelRules
{
    public static IReadOnlyList<SecretRule> All { get; } =
    [
        Token("gemini", "a Gemini key", "AQ.Ab8R", @"AQ\.Ab8R[\w\-]{40,60}", "AQ.Ab8R{b46}"),
        Token("bedrock", "an Amazon Bedrock key", "ABSK", "ABSK[A-Za-z0-9+/]{109,269}={0,2}", "ABSK{s120}"),
        Token("bedrock-session", "a short-lived Amazon Bedrock key", "bedrock-api-key-", "bedrock-api-key-[A-Za-z0-9+/=]{40,}", "bedrock-api-key-{s60}"),
        Around(52, "azure-ai", "an Azure AI key", "JQQJ99", "[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}", "{a52}JQQJ99{a26}"),
        Token("nvidia", "an NVIDIA key", "nvapi-", @"nvapi-[\w\-]{60,70}", "nvapi-{b64}"),
        Token("cerebras", "a Cerebras key", "csk-", "csk-[a-z0-9]{48}", "csk-{l48}"),
        Token("fireworks", "a Fireworks key", "fw_", "fw_[A-Za-z0-9]{22,24}", "fw_{a24}", "!fw_firewall_rule_for_ingress") with { Accepts = HasDigits },
        Token("together", "a Together key", "tgp_v1_", @"tgp_v1_[\w\-]{43}", "tgp_v1_{b43}"),
        Token("voyage", "a Voyage key", "pa-", @"pa-[\w\-]{43}", "pa-{b43}", "!pa-pages-of-the-long-and-winding-document-of-mine") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("jina", "a Jina key", "jina_", @"jina_[a-f0-9]{32}[\w\-]{28}", "jina_{h32}{b28}"),
        Token("elevenlabs", "an ElevenLabs key", "sk_", "sk_[a-f0-9]{48}", "sk_{h48}"),
        Token("cartesia", "a Cartesia key", "sk_car_", "sk_car_[A-Za-z0-9]{20,40}", "sk_car_{a22}"),
        Token("pinecone", "a Pinecone key", "pcsk_", "pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,66}", "pcsk_{a6}_{a63}"),
        Token("langfuse", "a Langfuse secret key", "sk-lf-", $"sk-lf-{Uuid}", $"sk-lf-{MadeUpUuid}"),
        Token("helicone", "a Helicone key", "sk-helicone-", "sk-helicone-[a-z0-9]{7}(?:-[a-z0-9]{7}){3}", "sk-helicone-{l7}-{l7}-{l7}-{l7}"),
        Token("e2b", "an E2B key", "e2b_", "e2b_[a-f0-9]{40}", "e2b_{h40}"),
        Token("modal", "a Modal token", "ak-|as-", "a[ks]-[A-Za-z0-9]{22}", "as-{a22}", "!as-soonasitispossibleforu") with { Accepts = HasDigits, MinEntropy = 3.6 },
        Token("runpod", "a RunPod key", "rpa_", "rpa_[A-Z0-9]{36,44}[a-z0-9]{0,8}", "rpa_{u40}"),
        Token("anyscale", "an Anyscale key", "esecret_|aph0_", "(?:esecret_[a-z0-9]{20,32}|aph0_[A-Za-z0-9]{40,60})", "esecret_{l26}"),
        Token("friendli", "a Friendli token", "flp_", "flp_[A-Za-z0-9]{40,50}", "flp_{a46}"),
        Token("firecrawl", "a Firecrawl key", "fc-", "fc-[a-f0-9]{32}", "fc-{h32}"),
        Token("brave-search", "a Brave Search key", "BSA", @"BSA[\w\-]{27,28}", "BSA{b28}", "!BSA-membership-for-young-scouts") with { Accepts = HasDigits, MinEntropy = 3.6 },
        Token("browserbase", "a Browserbase key", "bb_live_", @"bb_live_[\w\-]{27}", "bb_live_{b27}"),
        Token("llama-cloud", "a LlamaCloud key", "llx-", "llx-[A-Za-z0-9]{48}", "llx-{a48}"),
        Token("mem0", "a Mem0 key", "m0-", "m0-[A-Za-z0-9]{40}", "m0-{a40}"),
        Token("dify", "a Dify key", "app-|dataset-", "(?:app|dataset)-[A-Za-z0-9]{24}", "app-{a24}", "!app-configurationandsettings") with { Accepts = HasDigits, MinEntropy = 3.6 },
        Token("voiceflow", "a Voiceflow key", "VF.", @"VF\.(?:(?:DM|WS)\.)?[a-f0-9]{24}\.[A-Za-z0-9]{16}", "VF.DM.{h24}.{a16}"),
        Token("botpress", "a Botpress token", "bp_pat_", "bp_pat_[A-Za-z0-9]{36}", "bp_pat_{a36}"),
        Named("zhipu", "a Zhipu key", "zhipu|bigmodel|glm_api|zai_api", @"[a-f0-9]{32}\.[A-Za-z0-9]{16}", "ZHIPUAI_API_KEY=⟦{h32}.{a16}⟧", "!zhipu model: glm-4"),
        Token("nomic", "a Nomic key", "nk-", @"nk-[\w\-]{43}", "nk-{b43}") with { Accepts = HasDigits, MinEntropy = 3.8 },
        Token("cursor", "a Cursor key", "crsr_", "crsr_[a-f0-9]{64}", "crsr_{h64}"),
        Token("runway", "a Runway key", "key_", "key_(?:[a-f0-9]{128}|[a-f0-9]{64}|[a-f0-9]{28})", "key_{h128}", "!key_deadbeef"),
        Token("luma", "a Luma key", "luma-", $@"luma-{Uuid}-[\w\-]{{36}}", $"luma-{MadeUpUuid}-{MadeUpUuid}"),
        Token("arcade", "an Arcade key", "arc_", "arc_[A-Za-z0-9]{40,64}", "arc_{a48}"),
        Token("openpipe", "an OpenPipe key", "opk_", "opk_[a-f0-9]{40,64}", "opk_{h42}"),
        Token("traceloop", "a Traceloop key", "tl_", "tl_[a-f0-9]{64}", "tl_{h64}"),
        Token("promptlayer", "a PromptLayer key", "pl_", "pl_[a-f0-9]{32}", "pl_{h32}"),
        Token("v0", "a v0 key", "v1:", "v1:[A-Za-z0-9]{24}:[A-Za-z0-9]{24}", "v1:{a24}:{a24}"),
        Token("wandb", "a Weights & Biases key", "wandb_v1_", @"wandb_v1_[\w\-]{40,90}", "wandb_v1_{b60}"),
        Token("lambda", "a Lambda key", "secret_", @"secret_[a-z0-9\-]{10,40}_[a-f0-9]{32}\.[A-Za-z0-9]{32}", "secret_my-laptop-1_{h32}.{a32}"),
        Token("portkey", "a Helicone or Portkey key", "pk-helicone-", "pk-helicone-[a-z0-9]{7}(?:-[a-z0-9]{7}){3}", "pk-helicone-{l7}-{l7}-{l7}-{l7}"),
        Named("fal", "a fal key", "fal_key|fal-key", $"{Uuid}:[a-f0-9]{{32}}", $"FAL_KEY=⟦{MadeUpUuid}:{{h32}}⟧", "!fal_key = none"),
        Named("cohere", "a Cohere key", "cohere|co_api", "[A-Za-z0-9]{40}", "CO_API_KEY=⟦{a40}⟧", "!cohere model: command-r"),
        Named("deepgram", "a Deepgram key", "deepgram", "[a-f0-9]{40}", "DEEPGRAM_API_KEY=⟦{h40}⟧", "!deepgram model: nova-2"),
        Named("assemblyai", "an AssemblyAI key", "assemblyai|aai_api|aai.settings", "[a-f0-9]{32}", "ASSEMBLYAI_API_KEY=⟦{h32}⟧", "!assemblyai: best"),
        Named("mistral", "a Mistral key", "mistral|codestral", "[A-Za-z0-9]{32}", "MISTRAL_API_KEY=⟦{a32}⟧", "!mistral: mistral-large-latest") with { Accepts = HasDigits },
        Named("wandb-legacy", "a Weights & Biases key", "wandb", "[a-f0-9]{40}", "WANDB_API_KEY=⟦{h40}⟧", "!wandb: offline"),
    ];
}
