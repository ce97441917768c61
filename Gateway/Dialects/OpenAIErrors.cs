using System.Text.Json;

namespace Gateway.Dialects;

/// <summary>OpenAI's error envelope, shared by all of its routes.</summary>
internal static class OpenAIErrors
{
    public static byte[] Body(ApiError error) => JsonSerializer.SerializeToUtf8Bytes(
        new { error = new { message = error.Message, type = Type(error.Status), param = (string?)null, code = error.Code } });

    private static string Type(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        408 => "timeout_error",
        429 => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };
}
