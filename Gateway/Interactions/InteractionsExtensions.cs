namespace Gateway.Interactions;

internal static class InteractionsExtensions
{
    public static IServiceCollection AddInteractions(this IServiceCollection services) => services.AddSingleton<RecordedInteractions>().AddSingleton<PromptLayout>();
}
