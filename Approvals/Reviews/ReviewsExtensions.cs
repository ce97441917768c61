using Contracts;

namespace Approvals.Reviews;

internal static class ReviewsExtensions
{
    public static IHostApplicationBuilder AddReviews(this IHostApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(http => JsonWire.Configure(http.SerializerOptions));
        builder.Services.AddSingleton<ReviewPages>();
        return builder;
    }
}
