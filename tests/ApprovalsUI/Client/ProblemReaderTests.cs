using System.Text;
using ApprovalsUI.Client;
using ApprovalsUI.Client.Calls;
using Contracts;

namespace ApprovalsUI.Tests.Client;

public sealed class ProblemReaderTests
{
    [Fact]
    public void A_conflict_says_who_won_when_and_how()
    {
        var problem = Read(409, """
            {"type":"urn:approvals:problem:decided","title":"Already decided","status":409,"detail":"Too late.",
             "conflict":{"message":"Too late.","status":"rejected","winner":[{"subject":"morgan","name":"Morgan"}],"decidedAt":"2026-11-22T14:00:00+00:00"}}
            """);

        Assert.Equal((409, "Too late.", ApprovalStatus.Rejected), (problem.Status, problem.Message, problem.Outcome));
        Assert.Equal("Morgan", Assert.Single(problem.Winner ?? []).Name);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero), problem.DecidedAt);
    }

    [Fact]
    public void Without_a_detail_the_title_speaks()
    {
        Assert.Equal(new ApiProblem(403, "Not one of the people asked"), Read(403, """{"title":"Not one of the people asked","status":403}"""));
    }

    [Fact]
    public void Who_has_to_sign_in_again_is_told_apart_from_who_is_signed_out()
    {
        Assert.True(Read(401, """{"type":"urn:approvals:fresh-sign-in-needed","detail":"This needs a sign-in of the last 5 minutes.","status":401}""").NeedsFreshSignIn);
        Assert.False(Read(401, """{"type":"urn:approvals:session-over","status":401}""").NeedsFreshSignIn);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>502</html>")]
    [InlineData("[1,2")]
    [InlineData("\"text\"")]
    [InlineData("""{"conflict":{"status":"nonsense"}}""")]
    [InlineData("""{"conflict":7}""")]
    public void Whatever_else_comes_the_code_remains(string body)
    {
        Assert.Equal(new ApiProblem(403, ""), Read(403, body));
    }

    private static ApiProblem Read(int status, string body) => ProblemReader.Read(status, Encoding.UTF8.GetBytes(body));
}
