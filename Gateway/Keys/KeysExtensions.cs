using Gateway.Identity;

namespace Gateway.Keys;

internal static class KeysExtensions
{
    public static IServiceCollection AddKeys(this IServiceCollection services) =>
        services.AddSingleton<KeyRules>().AddSingleton<KeyDesk>().AddSingleton<ICallerSource, IssuedKeys>();
}
