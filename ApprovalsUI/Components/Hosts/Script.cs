namespace ApprovalsUI.Components.Hosts;

/// <summary>Which script a letter belongs to, as far as the names of hosts are concerned.</summary>
internal static class Script
{
    internal const string Latin = "Latin";

    private static readonly (int First, int Last, string Name)[] Ranges =
    [
        (0x41, 0x24F, Latin), (0x250, 0x2AF, Latin), (0x1D00, 0x1DBF, Latin), (0x1E00, 0x1EFF, Latin), (0x2100, 0x218F, Latin), (0x2C60, 0x2C7F, Latin), (0xA720, 0xA7FF, Latin),
        (0x370, 0x3FF, "Greek"), (0x1F00, 0x1FFF, "Greek"),
        (0x400, 0x52F, "Cyrillic"), (0x1C80, 0x1C8F, "Cyrillic"), (0xA640, 0xA69F, "Cyrillic"),
        (0x530, 0x58F, "Armenian"), (0x590, 0x5FF, "Hebrew"), (0x600, 0x6FF, "Arabic"), (0x750, 0x77F, "Arabic"), (0x8A0, 0x8FF, "Arabic"),
        (0x10A0, 0x10FF, "Georgian"), (0x13A0, 0x13FF, "Cherokee"), (0xAB70, 0xABBF, "Cherokee"),
        (0xFF21, 0xFF5A, "wide Latin"), (0x1D400, 0x1D7FF, "mathematical"),
    ];

    /// <returns>Null for scripts that stand beside Latin in names as a matter of course (Chinese, Japanese, Korean), and for what is not known.</returns>
    internal static string? Of(int character) => Array.Find(Ranges, range => character >= range.First && character <= range.Last).Name;

    internal static bool RunsFromTheRight(string? script) => script is "Hebrew" or "Arabic";
}
