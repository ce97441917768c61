using Contracts;
using Contracts.Api;
using Contracts.Messages;

namespace ApprovalsUI.Client.Calls;

/// <summary>What became of a call to a service. A refusal is an answer; so is silence.</summary>
internal abstract record ApiResult<T>
{
    private ApiResult()
    {
    }

    internal sealed record Ok(T Value) : ApiResult<T>;

    internal sealed record Refused(ApiProblem Problem) : ApiResult<T>;

    /// <summary>No answer, a broken one, or the service's own failure: whether the call took effect is not known.</summary>
    internal sealed record Unreachable : ApiResult<T>;
}

/// <summary>A refusal in the service's words.</summary>
/// <param name="Message">A sentence for people; empty when the service gave none.</param>
/// <param name="Outcome">The outcome that stands, when somebody or something decided first.</param>
/// <param name="Winner">The people behind that outcome; empty when time or the caller decided.</param>
/// <param name="NeedsFreshSignIn">The person may, once they have signed in again.</param>
/// <param name="Errors">What is wrong with a policy's text, with its lines.</param>
/// <param name="Fields">What is wrong with a form, by the names of its members on the wire.</param>
public sealed record ApiProblem(
    int Status, string Message, ApprovalStatus? Outcome = null, IReadOnlyList<PersonRef>? Winner = null, DateTimeOffset? DecidedAt = null,
    bool NeedsFreshSignIn = false, IReadOnlyList<PolicyProblem>? Errors = null, IReadOnlyDictionary<string, string[]>? Fields = null);
