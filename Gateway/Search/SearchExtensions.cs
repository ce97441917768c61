namespace Gateway.Search;

internal static class SearchExtensions
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section);
        services.AddSingleton<EntryReader>().AddSingleton<SearchIndex>().AddSingleton<Questions>();
        return services.AddHostedService(provider => provider.GetRequiredService<SearchIndex>());
    }
}
