using System.Net;

namespace ApprovalsUI.Tests.SigningIn;

public sealed class SignInTests
{
    [Theory]
    [InlineData("/console", "/console/sign-in?return=%2Fconsole")]
    [InlineData("/console/reviews/apr_1", "/console/sign-in?return=%2Fconsole%2Freviews%2Fapr_1")]
    [InlineData("/console/trail?kind=reveal", "/console/sign-in?return=%2Fconsole%2Ftrail%3Fkind%3Dreveal")]
    [InlineData("/console/anything/else", "/console/sign-in?return=%2Fconsole%2Fanything%2Felse")]
    public async Task A_page_leads_strangers_to_sign_in_and_back(string page, string there)
    {
        await using var console = await ConsoleHost.StartAsync();

        var answer = await console.Browser.GetAsync(page, Cancel);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(there, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Strangers_get_no_circuit()
    {
        await using var console = await ConsoleHost.StartAsync();

        var answer = await console.Browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_printed_token_signs_in_the_person_chosen()
    {
        await using var console = await ConsoleHost.StartAsync();

        var answer = await console.SignInAsync(back: "/console/reviews/apr_1");

        Assert.Equal("/console/reviews/apr_1", answer.Headers.Location?.OriginalString);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("token-of-riley", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await console.Browser.GetAsync("/console", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await console.Browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("")]
    public async Task A_wrong_token_comes_back_with_a_sentence_and_no_cookie(string token)
    {
        await using var console = await ConsoleHost.StartAsync();

        var answer = await console.SignInAsync(token);

        Assert.Equal("/console/sign-in?problem=Token&return=%2Fconsole", answer.Headers.Location?.OriginalString);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("That token is wrong or has been used.", await console.Browser.GetStringAsync(answer.Headers.Location, Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("//example.com")]
    [InlineData("/console//example.com")]
    [InlineData("/console\\example.com")]
    [InlineData("/consolex")]
    [InlineData("/v1/chat/completions")]
    [InlineData("/console/sign-in")]
    [InlineData("javascript:alert(1)")]
    public async Task After_signing_in_one_stays_in_the_console(string back)
    {
        await using var console = await ConsoleHost.StartAsync();

        var answer = await console.SignInAsync(back: back);

        Assert.Equal("/console", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        await using var console = await ConsoleHost.StartAsync();
        for (var guess = 0; guess < 10; guess++)
        {
            await console.SignInAsync("guess");
        }

        var answer = await console.SignInAsync();

        Assert.Equal("/console/sign-in?problem=Busy&return=%2Fconsole", answer.Headers.Location?.OriginalString);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task When_the_service_is_away_the_token_is_not_called_wrong()
    {
        await using var console = await ConsoleHost.StartAsync(backend => backend.Down = true);

        var answer = await console.SignInAsync();

        Assert.Equal("/console/sign-in?problem=Unreachable&return=%2Fconsole", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://example.com")]
    [InlineData("Origin", "null")]
    public async Task Posts_from_other_sites_change_nothing(string header, string value)
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();

        var signIn = await console.PostAsync("/console/sign-in", new() { ["token"] = "x" }, (header, value));
        var signOut = await console.PostAsync("/console/sign-out", [], (header, value));
        var everywhere = await console.PostAsync("/console/sign-out-everywhere", [], (header, value));

        Assert.All(new[] { signIn, signOut, everywhere }, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Empty(console.Backend.SignOuts);
        Assert.Equal(HttpStatusCode.OK, (await console.Browser.GetAsync("/console", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_is_a_post_and_ends_it()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();
        await console.Browser.GetAsync("/console/sign-out", Cancel);
        Assert.Equal(HttpStatusCode.OK, (await console.Browser.GetAsync("/console", Cancel)).StatusCode);

        var answer = await console.PostAsync("/console/sign-out", []);

        Assert.Equal("/console/sign-in", answer.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await console.Browser.GetAsync("/console", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_tells_the_gateway_and_ends_it_here_too()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();

        var answer = await console.PostAsync("/console/sign-out-everywhere", []);

        Assert.Equal("/console/sign-in", answer.Headers.Location?.OriginalString);
        Assert.Equal(["riley"], console.Backend.SignOuts);
        Assert.Equal(HttpStatusCode.Redirect, (await console.Browser.GetAsync("/console", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_that_nobody_recorded_is_not_pretended()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();
        console.Backend.Down = true;

        var answer = await console.PostAsync("/console/sign-out-everywhere", []);

        Assert.Equal("/console/sign-in?problem=NotEverywhere&return=%2Fconsole", answer.Headers.Location?.OriginalString);
        Assert.Contains("have not ended", await console.Browser.GetStringAsync(answer.Headers.Location, Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await console.Browser.GetAsync("/console", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Who_comes_for_a_fresh_sign_in_is_told_and_goes_back_to_where_they_were()
    {
        await using var console = await ConsoleHost.StartAsync();
        await console.SignInAsync();

        var page = await console.Browser.GetStringAsync("/console/sign-in?problem=Fresh&return=%2Fconsole%2Freviews%2Fapr_1", Cancel);

        Assert.Contains("asks for a fresh sign-in", page, StringComparison.Ordinal);
        Assert.Contains("value=\"/console/reviews/apr_1\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_offers_the_local_people()
    {
        await using var console = await ConsoleHost.StartAsync();

        var page = await console.Browser.GetStringAsync("/console/sign-in", Cancel);

        Assert.Contains("name=\"person\" value=\"morgan\"", page, StringComparison.Ordinal);
        Assert.Contains("Morgan Okafor", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_are_no_local_people_the_choice_is_hidden()
    {
        await using var console = await ConsoleHost.StartAsync(backend => backend.People = null);

        var page = await console.Browser.GetStringAsync("/console/sign-in", Cancel);

        Assert.DoesNotContain("name=\"person\"", page, StringComparison.Ordinal);
        Assert.Contains(">Sign in</button>", page, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
