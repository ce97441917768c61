namespace ApprovalsUI.Client.Calls;

/// <summary>Why there is no answer, as one thing.</summary>
internal static class Answers
{
    /// <returns>Null when there is an answer; a problem with status 0 when there is silence.</returns>
    internal static ApiProblem? Problem<T>(this ApiResult<T> answer) => answer switch
    {
        ApiResult<T>.Ok => null,
        ApiResult<T>.Refused(var problem) => problem,
        ApiResult<T>.Unreachable => new(0, ""),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
