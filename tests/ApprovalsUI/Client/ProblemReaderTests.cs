using System.Text;
using ApprovalsUI.Client;
using Contracts;

namespace ApprovalsUI.Tests.Client;

public sealed class ProblemReaderTests
{
    [Theory]
    [InlineData("""{"status":409,"status":"expired","detail":"Too late."}""")]
    [InlineData("""{"status":"expired","status":409,"detail":"Too late."}""")]
    [InlineData("""{"title":"Conflict","status":"expired","message":"Too late."}""")]
    public void The_word_is_the_outcome_and_the_number_the_code(string body)
    {
        var problem = Read(409, body);

        Assert.Equal((409, "Too late.", ApprovalStatus.Expired), (problem.Status, problem.Message, problem.Outcome));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>502</html>")]
    [InlineData("[1,2")]
    [InlineData("\"text\"")]
    [InlineData("""{"status":"nonsense","winner":null,"decidedAt":"yesterday"}""")]
    [InlineData("""{"status":"7"}""")]
    public void Whatever_else_comes_the_code_remains(string body)
    {
        Assert.Equal(new ApiProblem(403, ""), Read(403, body) with { Winner = null });
    }

    private static ApiProblem Read(int status, string body) => ProblemReader.Read(status, Encoding.UTF8.GetBytes(body));
}
