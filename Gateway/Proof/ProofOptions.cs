using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Gateway.Proof;

/// <summary>How the trail is made provable.</summary>
internal sealed class ProofOptions
{
    public const string Section = "Proof";

    /// <summary>How old an entry gets at most before a signed checkpoint covers it: 1 second to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The private ECDSA key (P-256, P-384 or P-521) that signs checkpoints, as PEM: the text itself, as a secret, or a file that holds it.</summary>
    public string? SigningKey { get; set; }
    public string? SigningKeyFile { get; set; }

    /// <summary>The key before it, for as long as checkpoints are to be signed by both: whoever knows the old one learns of the new one by that.</summary>
    public string? PreviousSigningKey { get; set; }
    public string? PreviousSigningKeyFile { get; set; }
}

internal sealed class ProofRules : IValidateOptions<ProofOptions>
{
    public ValidateOptionsResult Validate(string? name, ProofOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options is { SigningKey: null, SigningKeyFile: null })
            errors.AddError("Proof:SigningKey or Proof:SigningKeyFile must name an ECDSA private key in PEM (openssl ecparam -name prime256v1 -genkey -noout): without it nobody could prove that the trail is whole.");
        Try(errors, "SigningKey", options.SigningKey, options.SigningKeyFile);
        Try(errors, "PreviousSigningKey", options.PreviousSigningKey, options.PreviousSigningKeyFile);
        return errors.Build();
    }

    private static void Try(ValidateOptionsResultBuilder errors, string setting, string? pem, string? file)
    {
        if (pem is not null && file is not null) errors.AddError($"Proof:{setting} and Proof:{setting}File are both set; only one can be meant.");
        else if (pem is not null || file is not null)
        {
            try
            {
                SigningKey.Read(pem, file)!.Dispose(); // one of them is there
            }
            catch (SigningKeyException wrong)
            {
                errors.AddError($"Proof:{setting}{(pem is null ? "File" : "")}: {wrong.Message}");
            }
        }
    }
}
