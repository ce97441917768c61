using System.Security.Claims;
using Contracts;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Shared;

internal static class PeopleExtensions
{
    /// <summary>Takes the provider's access tokens where an API asks for a person: <see cref="PersonClaims.Scheme"/>.</summary>
    public static IHostApplicationBuilder AddPeople(this IHostApplicationBuilder builder)
    {
        builder.AddPeopleOptions();
        builder.Services.AddSingleton<GroupRights>();
        builder.Services.AddAuthentication().AddJwtBearer(PersonClaims.Scheme, _ => { });
        builder.Services.AddOptions<JwtBearerOptions>(PersonClaims.Scheme).Configure<IOptions<PeopleOptions>>((token, people) =>
        {
            token.Authority = people.Value.Authority;
            token.Audience = people.Value.Audience;
            token.RequireHttpsMetadata = !people.Value.AllowHttp;
            if (people.Value.MetadataAddress is { Length: > 0 } metadata) token.MetadataAddress = metadata;
            token.MapInboundClaims = false;
            token.TokenValidationParameters.ValidIssuer = people.Value.Authority;
            token.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            token.Events = new JwtBearerEvents
            {
                OnTokenValidated = context =>
                {
                    context.Principal = people.Value.ToPerson(context.Principal!, PersonClaims.Scheme); // validated: it is there
                    return Task.CompletedTask;
                },
            };
        });
        return builder;
    }

    public static void AddPeopleOptions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PeopleOptions>().BindConfiguration(PeopleOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PeopleOptions>, PeopleRules>();
    }

    /// <summary>What people of these groups may do.</summary>
    public static IEnumerable<string> PermissionsOf(this PeopleOptions people, IReadOnlyCollection<string> groups) =>
        people.Permissions.Where(permission => permission.Value.Intersect(groups, StringComparer.Ordinal).Any()).Select(permission => permission.Key);

    /// <summary>A provider's claims in our words. Nothing of it passes that is not asked for: a token cannot bring a permission along.</summary>
    public static ClaimsPrincipal ToPerson(this PeopleOptions people, ClaimsPrincipal token, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, PersonClaims.Name, PersonClaims.Group);
        if (token.FindFirstValue(people.SubjectClaim) is { Length: > 0 } subject)
        {
            identity.AddClaim(new Claim(PersonClaims.Subject, subject));
            identity.AddClaim(new Claim(PersonClaims.Name, token.FindFirstValue(people.NameClaim) ?? subject));
        }
        foreach (var moment in new[] { PersonClaims.SignedInAt, PersonClaims.IssuedAt })
            if (token.FindFirstValue(moment) is { Length: > 0 } seconds) identity.AddClaim(new Claim(moment, seconds));
        var groups = token.FindAll(people.GroupsClaim).Select(claim => claim.Value).Distinct(StringComparer.Ordinal).ToList();
        identity.AddClaims(groups.Select(group => new Claim(PersonClaims.Group, group)));
        identity.AddClaims(people.PermissionsOf(groups).Select(permission => new Claim(PersonClaims.Permission, permission)));
        return new ClaimsPrincipal(identity);
    }
}

/// <summary>What groups may do by the settings of now; there where people have their permissions by groups.</summary>
internal sealed class GroupRights(IOptions<PeopleOptions> people)
{
    public IReadOnlyList<string> Of(IReadOnlyCollection<string> groups) => [.. people.Value.PermissionsOf(groups)];
}
