namespace ApprovalsUI.Pages.SigningIn;

/// <summary>Where to go after signing in: a page of this console, whatever the address said.</summary>
internal static class ReturnPath
{
    internal const string Home = "/console";
    private const int MaxLength = 512;

    internal static string Checked(string? wanted) =>
        wanted is { Length: <= MaxLength }
        && (wanted == Home || wanted.StartsWith("/console/", StringComparison.Ordinal) || wanted.StartsWith("/console?", StringComparison.Ordinal))
        && !wanted.StartsWith(ConsoleCookie.SignInPath, StringComparison.Ordinal)
        && !wanted.Contains('\\') && !wanted.Contains("//", StringComparison.Ordinal) && !wanted.Any(char.IsControl)
            ? wanted
            : Home;
}
