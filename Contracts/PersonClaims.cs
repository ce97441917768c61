namespace Contracts;

/// <summary>How a signed-in person is described to every service, whoever signed them in.</summary>
public static class PersonClaims
{
    /// <summary>Name of the authentication scheme for people; the composing host registers it.</summary>
    public const string Scheme = "person";
    public const string Subject = "sub";
    public const string Name = "name";
    public const string Group = "group";
    public const string Permission = "permission";

    /// <summary>Unix seconds: when the person last proved who they are, and when the token was made.</summary>
    public const string SignedInAt = "auth_time";
    public const string IssuedAt = "iat";

    /// <summary>In the console's own cookie only: the bearer token it calls the APIs with.</summary>
    public const string AccessToken = "access_token";
}
