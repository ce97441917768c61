using WholePath.Matrix;

namespace WholePath;

/// <summary>The tests; or, for the client matrix, the .NET clients as a process that can be killed like any other client.</summary>
internal static class Program
{
    public const string AsClients = "--as-clients";

    private static Task<int> Main(string[] args) => args is [AsClients]
        ? DotNetClients.RunAsync(Console.In, Console.Out)
        : Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, WholePath.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
