using System.Net;
using System.Text.RegularExpressions;

namespace ApprovalsUI.Tests.SigningIn;

public sealed partial class PageTests
{
    [Theory]
    [InlineData("/console/sign-in")]
    [InlineData("/console")]
    [InlineData("/console/nowhere")]
    public async Task Every_page_may_run_our_own_files_and_nothing_else(string path)
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();

        var answer = await console.Browser.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(1, policy.Split("'unsafe-").Length - 1); // styles, for the component library
        Assert.Contains("style-src 'self' 'unsafe-inline';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotMatch(InlineScript(), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Everything_a_page_refers_to_is_there()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();
        var pages = await console.Browser.GetStringAsync("/console", TestContext.Current.CancellationToken)
            + await console.Browser.GetStringAsync("/console/sign-in", TestContext.Current.CancellationToken);

        var files = Reference().Matches(pages).Select(match => match.Groups[1].Value).Append("_content/ApprovalsUI/console.js").Distinct().ToArray();

        Assert.Contains("_content/ApprovalsUI/_framework/blazor.web.js", files);
        Assert.Contains("_content/MudBlazor/MudBlazor.min.js", files);
        foreach (var file in files)
        {
            var answer = await console.Browser.GetAsync("/" + file, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{file}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task No_prompt_and_no_token_is_in_the_page_itself()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.Backend.PutAsync(Backend.Sample.Review("apr_1", TimeProvider.System.GetUtcNow(), caller: "Confidential caller"));
        await console.SignInAsync();

        var page = await console.Browser.GetStringAsync("/console", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("Confidential caller", page, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-riley", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<script>|\\son(click|load|error)=", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();

    [GeneratedRegex("(?:src|href)=\"(_[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
