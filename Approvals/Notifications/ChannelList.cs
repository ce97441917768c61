using Microsoft.Extensions.Options;

namespace Approvals.Notifications;

/// <summary>The channels of the settings, which are looked at before the first of them is made.</summary>
internal sealed class ChannelList(IOptions<NotificationsOptions> options)
{
    public IReadOnlyList<Channel> All { get; } = [.. options.Value.Channels.Select(channel => new Channel(channel))];
}
