using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Claims;
using Approvals.Storage;
using Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shared;

namespace Approvals.Identity;

internal sealed class SessionsOptions
{
    /// <summary>Somebody asks for them. Nothing is kept of people that nobody needs.</summary>
    public bool Kept { get; set; }
}

/// <summary>
/// Who is signed in, as they showed it here, for doors that see no token. One row for each person, written when it says
/// something else and once a minute at most otherwise; gone when the token has ended.
/// </summary>
internal sealed partial class Sessions(IDbContextFactory<ApprovalsStore> stores, IOptions<SessionsOptions> options, TimeProvider clock, ILogger<Sessions> logger, GroupRights? rights = null)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (PersonSession Session, DateTimeOffset At)> remembered = new(StringComparer.Ordinal);

    public bool AreKept => options.Value.Kept;

    /// <summary>A store that cannot take it keeps nobody from what they came for.</summary>
    public async Task ShownAsync(PersonSession session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!IsNews(session, now)) return;
        if (remembered.Count >= MostRemembered) remembered.Clear();
        remembered[session.Subject] = (session, now);
        try
        {
            await KeepAsync(session, now, ct);
        }
        catch (OperationCanceledException)
        {
            remembered.TryRemove(session.Subject, out _); // nothing was written
            throw;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or InvalidOperationException or TimeoutException)
        {
            LogNotKept(fault);
        }
    }

    /// <summary>This person, with the rights of their own session; null when none counts any more.</summary>
    public async Task<ClaimsPrincipal?> FindAsync(string subject, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var session = await store.Set<PersonSession>().AsNoTracking().SingleOrDefaultAsync(s => s.Subject == subject, ct);
        return session is not null && session.ExpiresAt > clock.GetUtcNow() ? session.ToPerson(rights?.Of(session.Groups)) : null;
    }

    private bool IsNews(PersonSession session, DateTimeOffset now)
    {
        if (!remembered.TryGetValue(session.Subject, out var last) || last.Session.ExpiresAt <= now) return true;
        return session.IssuedAt >= last.Session.IssuedAt && (!session.IsSameAs(last.Session) || now - last.At >= Again);
    }

    private async Task KeepAsync(PersonSession session, DateTimeOffset now, CancellationToken ct)
    {
        await using var store = await stores.CreateDbContextAsync(ct);
        var sessions = store.Set<PersonSession>();
        await sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(ct);
        var replaced = await sessions.Where(s => s.Subject == session.Subject && s.IssuedAt <= session.IssuedAt).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.Name, session.Name).SetProperty(s => s.Groups, session.Groups).SetProperty(s => s.Permissions, session.Permissions)
            .SetProperty(s => s.SignedInAt, session.SignedInAt).SetProperty(s => s.IssuedAt, session.IssuedAt).SetProperty(s => s.ExpiresAt, session.ExpiresAt), ct);
        if (replaced > 0 || await sessions.AnyAsync(s => s.Subject == session.Subject, ct)) return; // or a later one is there

        store.Add(session);
        try
        {
            await store.SaveChangesAsync(ct);
        }
        catch (DbUpdateException first) when (first.IsDuplicate())
        {
            // Another instance was told at the same time; the next minute looks again.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Who is signed in could not be kept; clicks elsewhere may be refused until it is.")]
    private partial void LogNotKept(Exception fault);
}

/// <summary>Takes note of the token that opened the door.</summary>
internal sealed class SessionShown(Sessions sessions) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (sessions.AreKept && await http.AuthenticateAsync(PersonClaims.Scheme) is { Principal: { } person, Properties: var token } && PersonSession.Of(person, token?.ExpiresUtc) is { } session)
            await sessions.ShownAsync(session, http.RequestAborted);
        return await next(context);
    }
}
