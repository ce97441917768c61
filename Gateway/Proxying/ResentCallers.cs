using Contracts;
using Contracts.Messages;
using Gateway.Identity;

namespace Gateway.Proxying;

/// <summary>People who send a recorded prompt to its model again: it is theirs then, judged and decided about like anybody's, and by others.</summary>
internal sealed class ResentCallers : ICallerSource
{
    private const string SourceName = "resend";

    public string Name => SourceName;

    /// <summary>No key leads here: only the console's endpoint does.</summary>
    public Task<CallerAnswer> FindAsync(string credential, CancellationToken ct) => Task.FromResult<CallerAnswer>(new CallerAnswer.NotMine());

    public Task<Caller?> FindAsync(CallerRef snapshot, string credential, CancellationToken ct) => Task.FromResult<Caller?>(Of(new PersonRef(snapshot.Subject, snapshot.Name), snapshot.Groups));

    public static Caller Of(PersonRef person, IReadOnlyList<string> groups) => new() { Subject = person.Subject, Name = person.Name, Groups = groups, Models = [], Credential = $"{SourceName}:{person.Subject}" };
}
