namespace Gateway.Parking;

internal static class ParkingExtensions
{
    public static IServiceCollection AddParking(this IServiceCollection services)
    {
        services.AddOptions<ParkingOptions>().BindConfiguration(ParkingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TicketWatch>().AddHostedService(provider => provider.GetRequiredService<TicketWatch>()).AddSingleton<TicketWriter>().AddSingleton<TicketChanges>().AddSingleton<ParkingLot>().AddSingleton<TicketSteps>().AddSingleton<HeldAnswers>().AddSingleton<QueueOutlook>();
        return services.AddHostedService<Announcer>();
    }
}
