using System.Globalization;

namespace ApprovalsUI.Client.Calls;

/// <summary>A path with those of its parameters that are set.</summary>
internal static class Query
{
    internal static string Build(string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            if (!string.IsNullOrWhiteSpace(text))
            {
                path += $"{separator}{name}={Uri.EscapeDataString(text.Trim())}";
                separator = '&';
            }
        }

        return path;
    }
}
