namespace Gateway.Habits;

internal static class HabitsExtensions
{
    public static IServiceCollection AddHabits(this IServiceCollection services)
    {
        services.AddOptions<HabitOptions>().BindConfiguration(HabitOptions.Section);
        return services.AddSingleton<CallerHabits>();
    }
}
