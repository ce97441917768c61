namespace Gateway.Masking;

public static class MaskingExtensions
{
    /// <summary>
    /// Registers nothing today: <see cref="Pseudonyms"/> and <see cref="AnswerMask"/> are made for one request and die
    /// with it, so that no container can hand one caller's values to another.
    /// </summary>
    public static IServiceCollection AddMasking(this IServiceCollection services) => services;
}
