namespace Gateway.Editing;

internal static class EditingExtensions
{
    public static IServiceCollection AddEditing(this IServiceCollection services) => services.AddSingleton<EditDesk>();
}
