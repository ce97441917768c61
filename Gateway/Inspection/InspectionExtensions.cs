namespace Gateway.Inspection;

internal static class InspectionExtensions
{
    public static IServiceCollection AddInspection(this IServiceCollection services) => services.AddSingleton<AnswerGate>();
}
