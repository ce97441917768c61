using Gateway.Dialects;

namespace Gateway.Waiting;

/// <summary>All that is kept of a call while it waits. Its prompt is in the store, and is read from there when it is released.</summary>
/// <param name="PatientUntil">When its connection is answered or given up at the latest; null for a caller who polls.</param>
/// <param name="Background">It is answered as a Response that its caller polls for by id.</param>
internal sealed record WaitingCall(string TicketId, Dialect Dialect, bool Streams, DateTimeOffset? PatientUntil, bool Background = false);
