namespace Gateway.Evidence;

/// <summary>What lies in every bundle beside what it is about.</summary>
internal static class HowToVerify
{
    public const string Text = """
        # Checking this bundle

        You need the public key of whoever runs the gateway, and you need to have it from them, not from here: the keys in `keys/`
        are those the checkpoints name, and prove nothing by themselves. On the gateway, `audit key` prints it.

            dotnet Gateway.dll audit verify BUNDLE.zip --key public.pem

        No database and no running gateway is needed for that. It ends with 0 and "The trail is whole.", or says which entry or
        checkpoint is not what was signed, and how: changed, missing, added, moved, cut off.

        ## By hand

        - `entries.jsonl` holds one entry in a line. The SHA-256 of a line, without the line's end, is the entry's hash.
        - `previous` in a line is the hash of the entry before it (`position` less one) in its `chain`.
        - `checkpoints.jsonl` holds one checkpoint in a line. `leaves` (base64) are the hashes of the entries that it covers, 32 bytes
          each, in the order of `ranges` in its `line`. `root` is the Merkle tree hash over them after RFC 9162, section 2.1.1,
          with SHA-256.
        - `previous` in a checkpoint's `line` is the SHA-256 of the `line` of the checkpoint before it, so the last one vouches for all.
        - `signatures` are ECDSA with SHA-256 over the bytes of `line`:

              openssl dgst -sha256 -verify public.pem -signature signature.der line.txt

        - `requestDigest` of a `policy.version` entry is the SHA-256 of that policy's text in `policies/`.

        A bundle of a period holds every entry that its checkpoints cover. One about a person or a case leaves the others out: it proves
        that what it holds is what was recorded, and not that nothing else was. `report.html` is for reading; what it says is proven
        by the entries, not by itself.

        """;
}
