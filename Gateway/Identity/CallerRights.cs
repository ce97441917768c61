using Microsoft.Extensions.Options;

namespace Gateway.Identity;

/// <summary>What the callers of a group may do: <c>CallerRights:{n}</c>.</summary>
internal sealed class CallerRight
{
    /// <summary>In <see cref="Group"/>: every caller.</summary>
    public const string Everybody = "*";

    public string Group { get; set; } = "";

    /// <summary>Model patterns; empty means every model.</summary>
    public List<string> Models { get; set; } = [];

    /// <summary>Route patterns, e.g. <c>/v1/embeddings</c>; empty means every route.</summary>
    public List<string> Routes { get; set; } = [];

    /// <summary>Where policy would only mask these prompts, they go out as they are.</summary>
    public bool RidesPastMasking { get; set; }

    public bool Allows(string route, string model) => NamePatterns.Allows(Routes, route) && NamePatterns.Allows(Models, model);
}

internal sealed class CallerRightList
{
    public const string Section = "CallerRights";

    public List<CallerRight> CallerRights { get; set; } = [];
}

internal sealed class CallerRightRules : IValidateOptions<CallerRightList>
{
    public ValidateOptionsResult Validate(string? name, CallerRightList options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.CallerRights.Count; i++)
        {
            var (right, key) = (options.CallerRights[i], $"{CallerRightList.Section}:{i}");
            if (right.Group.Length == 0) errors.Add($"{key}:Group is empty, so nobody would have this right; use \"*\" for every caller.");
            foreach (var route in right.Routes.Where(route => route.Length == 0 || route[0] is not ('/' or '*')))
                errors.Add($"{key}:Routes ({route}) must begin with / or *, or it would match no route.");
            if (right.Models.Contains("")) errors.Add($"{key}:Models has an empty pattern, which matches no model.");
        }
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

/// <summary>Looks up what groups are given. Groups with other capitals are other groups, as at the provider.</summary>
internal sealed class RightsByGroup(IOptions<CallerRightList> options)
{
    private readonly List<CallerRight> all = options.Value.CallerRights;

    /// <summary>Somebody drew limits; without any, every caller that is let in may use everything.</summary>
    public bool AreDrawn => all.Count > 0;

    public IReadOnlyList<CallerRight> Of(IReadOnlyList<string> groups) =>
        all.FindAll(right => right.Group == CallerRight.Everybody || groups.Contains(right.Group, StringComparer.Ordinal));
}
