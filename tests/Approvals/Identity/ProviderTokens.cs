using System.Net;
using System.Net.Http.Headers;
using Approvals.Identity;
using Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Shared;

namespace Approvals.Tests.Identity;

/// <summary>What an access token of a provider says of its person and its own end, once the service has taken it.</summary>
public sealed class ProviderTokens
{
    private static readonly SymmetricSecurityKey Key = new("a key that only this test ever signs with"u8.ToArray());

    [Fact]
    public async Task A_provider_s_token_is_a_session_until_it_ends()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        PersonSession? shown = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("People:Authority", "https://idp.example"), new($"People:Permissions:{Permissions.Review}:0", "reviewers")]);
        builder.AddPeople();
        builder.Services.PostConfigure<JwtBearerOptions>(PersonClaims.Scheme, token =>
        {
            token.Configuration = new OpenIdConnectConfiguration { Issuer = "https://idp.example" };
            token.TokenValidationParameters.IssuerSigningKey = Key;
        });
        await using var app = builder.Build();
        app.MapGet("/", async context =>
        {
            var answer = await context.AuthenticateAsync(PersonClaims.Scheme);
            shown = answer.Principal is { } person ? PersonSession.Of(person, answer.Properties?.ExpiresUtc) : null;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://idp.example", Audience = "approvals", IssuedAt = now.UtcDateTime, NotBefore = now.UtcDateTime, Expires = now.AddMinutes(5).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = "ann", ["name"] = "Ann", ["groups"] = new[] { "reviewers" }, ["auth_time"] = now.AddMinutes(-10).ToUnixTimeSeconds() },
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
        }));

        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(shown!.IsSameAs(new PersonSession { Subject = "ann", Name = "Ann", Groups = ["reviewers"], Permissions = [Permissions.Review], SignedInAt = now.AddMinutes(-10), IssuedAt = now, ExpiresAt = now.AddMinutes(5) }));
    }
}
