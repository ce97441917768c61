using System.Diagnostics.Metrics;
using Shared;

namespace Approvals.Alerts;

internal sealed class MessageFaultMetrics(IMeterFactory meters)
{
    private readonly Counter<long> faults = meters.Create(Tracing.Name).CreateCounter<long>("approvals.messages.poisoned", "{message}", "Messages that went to an error queue. Each needs somebody to look.");

    public void Count(string message) => faults.Add(1, new KeyValuePair<string, object?>("message", message));
}
