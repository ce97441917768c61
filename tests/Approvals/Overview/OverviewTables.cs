using System.Net;
using Approvals.Tests.Support;
using Contracts;

namespace Approvals.Tests.Overview;

public sealed class OverviewTables : IAsyncLifetime
{
    private static readonly DateTimeOffset Yesterday = Given.Start.AddDays(-1);
    private readonly TempStore file = new();
    private ApprovalsHost host = null!; // set before every test
    private History history = null!; // as is this

    public async ValueTask InitializeAsync() => history = new History(host = await ApprovalsHost.StartAsync(file, polling: false));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        file.Dispose();
    }

    private Task<HttpResponseMessage> AskAsync(string path) => host.As("olga", groups: "", Permissions.ReadTrail).GetAsync(new Uri("/api/overview" + path, UriKind.Relative), History.Ct);

    [Theory]
    [InlineData("=HYPERLINK(A1)", "'=HYPERLINK(A1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("=1,\"2\"", "\"'=1,\"\"2\"\"\"")]
    [InlineData("a, \"b\"\nc", "\"a, \"\"b\"\"\nc\"")]
    [InlineData("größer = besser", "größer = besser")]
    public async Task A_name_stays_text_in_a_spreadsheet(string rule, string cell)
    {
        history.Open(Yesterday, rule).Yes("ann", 1.5);
        await history.KeepAsync();

        using var answer = await AskAsync("/rules.csv");

        Assert.Equal(("text/csv", "utf-8"), (answer.Content.Headers.ContentType?.MediaType, answer.Content.Headers.ContentType?.CharSet));
        Assert.Equal($"rule,decided,released,rejected,undone,rejected_after_yes,expired,cancelled,glass_broken,median_seconds,p95_seconds\r\n{cell},1,1,0,0,0,0,0,0,90,90\r\n", await answer.Content.ReadAsStringAsync(History.Ct));
    }

    [Fact]
    public async Task Days_and_suggestions_are_tables_too()
    {
        for (var i = 0; i < 20; i++) history.Open(Yesterday).Yes("ann", 1);
        await history.KeepAsync();

        using var days = await AskAsync("/days.csv?days=2");
        using var suggestions = await AskAsync("/suggestions.csv");

        Assert.Equal("day,arrived,released,rejected,expired,undone,cancelled,glass_broken\r\n2026-03-01,20,20,0,0,0,0,0\r\n2026-03-02,0,0,0,0,0,0,0\r\n", await days.Content.ReadAsStringAsync(History.Ct));
        Assert.Equal("hint,rule,count,of\r\nasks_for_little,park-secrets,20,20\r\n", await suggestions.Content.ReadAsStringAsync(History.Ct));
    }

    [Theory]
    [InlineData("?days=0", HttpStatusCode.BadRequest)]
    [InlineData("?days=91", HttpStatusCode.BadRequest)]
    [InlineData("?days=x", HttpStatusCode.BadRequest)]
    [InlineData("?zone=Nowhere", HttpStatusCode.BadRequest)]
    [InlineData("?zone=", HttpStatusCode.BadRequest)]
    [InlineData("?zone=../../../etc/passwd", HttpStatusCode.BadRequest)]
    [InlineData("?zone=/etc/localtime", HttpStatusCode.BadRequest)]
    [InlineData("/people.csv?zone=Nowhere", HttpStatusCode.BadRequest)]
    [InlineData("/votes.csv", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_answered_is_refused(string path, HttpStatusCode status)
    {
        using var answer = await AskAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }
}
