using Shared;

namespace Gateway.Search;

internal static class SearchExtensions
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section);
        return services.AddSingleton<EntryReader>().AddSingleton<Questions>().AddOnceOpen<SearchIndex>();
    }
}
