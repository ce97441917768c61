using Gateway.Embedded;
using Microsoft.Extensions.Configuration;

namespace Distributed.Tests.Compose;

/// <summary>The services take the settings that docker-compose.yml gives them, need those that they say they need, and read each of them.</summary>
public sealed class Settings_Tests
{
    /// <summary>Without the first a service does not start, and its words name the second.</summary>
    private static readonly (string Service, string Setting, string Named)[] Required =
    [
        ("gateway", "Storage:Connection", "Storage:Connection"),
        ("gateway", "Storage:Provider", "Storage:Connection"),
        ("gateway", "Bus:Url", "Bus:Url"),
        ("gateway", "Proof:SigningKey", "Proof:SigningKey"),
        ("gateway", "Bus:Username", "Bus:Username"),
        ("gateway", "Bus:Password", "Bus:Password"),
        ("gateway", "People:Authority", "People:Authority"),
        ("gateway", "People:AllowHttp", "People:AllowHttp"),
        ("gateway", "People:Permissions:review:0", "People:Permissions:review"),
        ("gateway", "Callers:0:Subject", "Callers:0:Subject"),
        ("gateway", "Callers:0:Key", "Callers:0 needs exactly one of Key"),
        ("gateway", "Upstreams:0:Name", "Upstreams:0:Name"),
        ("gateway", "Upstreams:0:Kind", "Upstreams:0:BaseUrl"),
        ("gateway", "Upstreams:0:Models:0", "Upstreams:0:Models"),
        ("approvals", "Approvals:Storage:Connection", "Approvals:Storage:Connection"),
        ("approvals", "Approvals:Storage:Provider", "Approvals:Storage:Connection"),
        ("approvals", "Bus:Url", "Bus:Url"),
        ("approvals", "Bus:Username", "Bus:Username"),
        ("approvals", "Bus:Password", "Bus:Password"),
        ("approvals", "People:Authority", "People:Authority"),
        ("approvals", "People:AllowHttp", "People:AllowHttp"),
        ("approvals", "People:Permissions:review:0", "People:Permissions:review"),
        ("console", "Console:Storage:Connection", "Console:Storage:Connection"),
        ("console", "Console:Storage:Provider", "Console:Storage:Connection"),
        ("console", "Console:GatewayUrl", "Console:GatewayUrl"),
        ("console", "Console:ApprovalsUrl", "Console:ApprovalsUrl"),
        ("console", "People:Authority", "People:Authority"),
        ("console", "People:AllowHttp", "People:AllowHttp"),
        ("console", "People:ClientId", "People:ClientId"),
    ];

    public static TheoryData<string> Services => [.. ComposeFile.Ours.OurServices.Select(service => service.Name)];

    public static TheoryData<string, string, string> WhatIsRequired => [.. Required];

    [Fact] public void There_are_a_gateway_the_approvals_and_a_console() => Assert.Equal(["approvals", "console", "gateway"], Services.Select(row => row.Data).Order());

    [Theory, MemberData(nameof(Services))] public async Task A_service_starts_with_what_it_is_given(string service) =>
        Assert.Empty(await ComposedService.FaultsAsync(service, new WatchedSettings(ComposedService.SettingsOf(service))));

    [Theory, MemberData(nameof(WhatIsRequired))] public async Task Without_what_is_required_it_does_not_start_and_says_what_is_missing(string service, string setting, string named)
    {
        var settings = ComposedService.SettingsOf(service);
        Assert.True(settings.Remove(setting), $"{service} is not given {setting}.");

        Assert.Contains(await ComposedService.FaultsAsync(service, new WatchedSettings(settings)), fault => fault.Contains(named, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Services))] public async Task Whatever_else_it_is_given_could_be_left_out(string service)
    {
        foreach (var setting in ComposedService.SettingsOf(service).Keys.Except(Required.Where(required => required.Service == service).Select(required => required.Setting)))
        {
            var settings = ComposedService.SettingsOf(service);
            settings.Remove(setting);

            Assert.Equal((setting, ""), (setting, string.Join(' ', await ComposedService.FaultsAsync(service, new WatchedSettings(settings)))));
        }
    }

    [Theory, MemberData(nameof(Services))] public async Task No_setting_is_there_that_nobody_reads(string service)
    {
        var settings = new WatchedSettings(ComposedService.SettingsOf(service));

        await ComposedService.FaultsAsync(service, settings);

        Assert.Empty(ComposedService.SettingsOf(service).Keys.Where(key => key.Contains(':', StringComparison.Ordinal)).Except(settings.Asked, StringComparer.OrdinalIgnoreCase));
    }

    [Theory, InlineData("Callers:0:Kye"), InlineData("Storage:Migrte"), InlineData("Upstream:0:Name"), InlineData("Polcy:ParkAt")] public async Task A_slip_of_the_pen_would_be_noticed(string slip)
    {
        var settings = new WatchedSettings(new Dictionary<string, string>(ComposedService.SettingsOf("gateway")) { [slip] = "1" });

        await ComposedService.FaultsAsync("gateway", settings);

        Assert.DoesNotContain(slip, settings.Asked);
    }

    [Fact] public void The_gateway_is_told_that_it_is_alone()
    {
        var settings = ComposedService.SettingsOf("gateway");
        Assert.False(EmbeddedHost.IsChosen(Configuration(settings)));

        settings.Remove("Mode");

        Assert.Contains("Mode", Assert.ThrowsAny<Exception>(() => EmbeddedHost.IsChosen(Configuration(settings))).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Services))] public void A_secret_is_never_an_environment_variable(string service)
    {
        var secrets = MadeUpSecrets.Once.Files.Values.Concat(MadeUpSecrets.Once.Variables.Values).ToList();

        Assert.DoesNotContain(ComposeFile.Ours.Services[service].Environment.Values, value => secrets.Contains(ComposeFile.Interpolated(value, MadeUpSecrets.Once.Variables)));
    }

    private static IConfigurationRoot Configuration(Dictionary<string, string> settings) => new ConfigurationBuilder().Add(new WatchedSettings(settings)).Build();
}
