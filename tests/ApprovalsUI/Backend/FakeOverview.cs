using System.Collections.Concurrent;
using Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApprovalsUI.Tests.Backend;

/// <summary>The approvals service's figures, as a test says them.</summary>
public sealed class FakeOverview
{
    /// <summary>Null: refused.</summary>
    public OverviewReport? Report { get; set; }

    /// <summary>Path and query of each question, in turn.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What the next questions meet instead.</summary>
    public ConcurrentQueue<Func<IResult>> Answers { get; } = new();

    /// <summary>When set, answering waits for it.</summary>
    public Task Slowly { get; set; } = Task.CompletedTask;

    internal void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/overview", (Delegate)((HttpContext context) => AnswerAsync(context, report => Results.Ok(report))));
        app.MapGet("/api/overview/{table}.csv", (string table, HttpContext context) => AnswerAsync(context, _ => Results.Text($"{table}\r\n", "text/csv")));
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Func<OverviewReport, IResult> answer)
    {
        Asked.Enqueue(context.Request.Path + context.Request.QueryString);
        await Slowly;
        if (Answers.TryDequeue(out var instead)) return instead();
        return Report is { } report ? answer(report) : Results.Problem("Not now.", statusCode: 403);
    }
}
