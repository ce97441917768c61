namespace Gateway.Tuning;

internal static class TuningExtensions
{
    public static IServiceCollection AddTuning(this IServiceCollection services) => services.AddSingleton<RecordedTraffic>().AddSingleton<WhatIf>();
}
