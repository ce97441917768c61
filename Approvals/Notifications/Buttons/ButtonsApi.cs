using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Approvals.Notifications.Buttons;

/// <summary>
/// Where Slack brings clicks. Nobody signs in here: what counts is Slack's signature, looked at before anything else is, and
/// then the rights of whoever clicked, which <see cref="ClickDesk"/> asks for.
/// </summary>
internal static class ButtonsApi
{
    public const int LargestBody = 64 * 1024;

    /// <summary>There is no such door where no channel has buttons.</summary>
    public static void MapButtons(this IEndpointRouteBuilder app)
    {
        if (!app.ServiceProvider.GetRequiredService<ChannelList>().All.Any(channel => channel.Buttons is not null)) return;
        app.MapPost("/hooks/slack/{channel}", TakeAsync).AllowAnonymous().ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(LargestBody));
    }

    private static async Task<Results<Ok, UnauthorizedHttpResult, BadRequest, StatusCodeHttpResult>> TakeAsync(
        string channel, HttpRequest request, ChannelList channels, Clicks clicks, NoticeMetrics metrics, TimeProvider clock, CancellationToken ct)
    {
        var (timestamp, signature) = (request.Headers["X-Slack-Request-Timestamp"].ToString(), request.Headers["X-Slack-Signature"].ToString());
        if (channels.All.FirstOrDefault(known => known.Name == channel) is not { Buttons: { } buttons } from || !SlackSignature.MayBe(timestamp, signature, clock.GetUtcNow()))
        {
            metrics.Clicked("unsigned");
            return TypedResults.Unauthorized();
        }
        if (await ReadAsync(request, ct) is not { } body)
        {
            metrics.Clicked("unusable");
            return TypedResults.BadRequest();
        }
        if (!buttons.HaveSigned(timestamp, signature, body))
        {
            metrics.Clicked("unsigned");
            return TypedResults.Unauthorized();
        }
        if (SlackClick.Read(body) is not { } click || buttons.Read(click.Mark) is not { } marked || (click.Cause is null && !marked.Release) || !from.MayAnswerAt(click.AnswerTo))
        {
            metrics.Clicked("unusable");
            return TypedResults.BadRequest();
        }
        if (clicks.TryTake(from, click, marked)) return TypedResults.Ok();

        metrics.Clicked("full");
        return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Null for another kind of body, or one that is too large.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != MediaTypeNames.Application.FormUrlEncoded || request.ContentLength > LargestBody) return null;
        try
        {
            var body = new byte[(request.ContentLength ?? LargestBody) + 1];
            var read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
            return read <= LargestBody ? body[..read] : null;
        }
        catch (BadHttpRequestException)
        {
            return null; // the server's own limit
        }
    }
}
