using System.Diagnostics;
using System.Security.Claims;
using Contracts;
using Contracts.Api;
using Gateway.Policy.Yaml;

namespace Gateway.Policies;

/// <summary>What became of a request, as HTTP says it.</summary>
internal static class PolicyProblems
{
    private const int ShortestReason = 3;
    private const int LongestReason = 500;

    public static IResult Answer(BookAnswer answer) => answer switch
    {
        BookAnswer.Changed(var draft) => TypedResults.Ok(draft.View()),
        BookAnswer.InForce(var version) => TypedResults.Ok(version.View()),
        BookAnswer.Missing => TypedResults.NotFound(),
        BookAnswer.NotYou(var message) => TypedResults.Problem(message, statusCode: StatusCodes.Status403Forbidden, type: "urn:approvals:not-you"),
        BookAnswer.TooLate(var message) => TypedResults.Problem(message, statusCode: StatusCodes.Status409Conflict, type: "urn:approvals:too-late"),
        BookAnswer.Wrong(var errors) => TypedResults.Problem($"{errors.Count} thing(s) are wrong with this policy: {errors[0].Message}", statusCode: StatusCodes.Status422UnprocessableEntity,
            type: "urn:approvals:policy-wrong", extensions: new Dictionary<string, object?> { ["errors"] = Of(errors) }),
        _ => throw new UnreachableException(),
    };

    public static IResult? ReasonMissing(string? reason) => reason?.Trim().Length is >= ShortestReason and <= LongestReason ? null
        : TypedResults.Problem($"This needs a reason of {ShortestReason} to {LongestReason} characters.", statusCode: StatusCodes.Status400BadRequest, type: "urn:approvals:reason-needed");

    public static IReadOnlyList<PolicyProblem> Of(IReadOnlyList<PolicyError> errors) => [.. errors.Select(error => new PolicyProblem(error.Line, error.Message))];

    public static Person Who(ClaimsPrincipal user)
    {
        var subject = user.FindFirstValue(PersonClaims.Subject) ?? throw new InvalidOperationException("A person without a subject got past the door.");
        return new Person(subject, user.FindFirstValue(PersonClaims.Name) ?? subject);
    }
}
