using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Contracts;

namespace Gateway.Risk.Personal;

/// <summary>Internet addresses of both versions; one that means nothing outside its own network counts less.</summary>
internal sealed class IpAddressDetector : IRiskDetector
{
    private const double Public = 0.9, Local = 0.4;

    /// <summary>An IPv6 address with an IPv4 tail.</summary>
    private const int Longest = 45;

    private static readonly Context Versions = new("version", "v.", "ver ", "release", "build", "firmware", "section", "chapter", "dotnet", "upgrade", "chrome/", "safari/");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<char> Separators = SearchValues.Create(".:");

    private static readonly DetectorProfile Profile = new("personal.ip-address", RiskCategory.Personal, "IP_ADDRESS",
        ["from ⟦203.0.113.77⟧.", "http://⟦8.8.4.4⟧:80/x", "⟦2001:db8:85a3::8a2e:370:7334⟧", "[⟦fe80::1ff:fe23:4567:890a⟧]", "host ⟦10.1.2.3⟧/8"],
        ["version 1.2.3.4", "v1.2.3.4", "1.2.3.4.5", "256.1.1.1", "10:30:45", "std::vector", "a::b", "::", "1.2.3", "01.02.03.04", "Chrome/120.0.0.0"]);

    public IReadOnlyList<DetectorProfile> Profiles { get; } = [Profile];

    public void Detect(InspectedText text, List<Finding> found)
    {
        var all = text.Text;
        for (var at = Next(all, 0); at >= 0;)
        {
            var start = at;
            while (start > 0 && at - start < Longest && Hex.Contains(all[start - 1])) start--;
            var end = all.AsSpan(at).IndexOfAnyExcept(Hex) is >= 0 and var length ? at + length : all.Length;
            var next = end;
            while (end > start && all[end - 1] is '.' or ':' && !all.AsSpan(start, end - start).EndsWith("::")) end--;
            (start, end) = WithoutPort(all, start, end);

            if (end - start <= Longest && Confidence(text, start, end) is > 0 and var confidence)
            {
                found.Add(text.Finding(Profile, start, end, confidence, confidence < Public ? "Is an address of a private network." : "Is an internet address."));
            }
            at = Next(all, next);
        }
    }

    private static int Next(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny(Separators);
        return at < 0 ? -1 : from + at;
    }

    /// <summary><c>host:8.8.4.4:80</c> and the like: the dotted part between colons.</summary>
    private static (int Start, int End) WithoutPort(string text, int start, int end)
    {
        var run = text.AsSpan(start, end - start);
        if (run.Count('.') != 3) return (start, end);
        var dot = run.IndexOf('.');
        var last = run.LastIndexOf('.');
        if (run[..dot].Contains("::", StringComparison.Ordinal)) return (start, end);
        var from = run[..dot].LastIndexOf(':') + 1;
        var to = run[last..].IndexOf(':') is > 0 and var port ? last + port : run.Length;
        return (start + from, start + to);
    }

    private static double Confidence(InspectedText text, int start, int end)
    {
        var address = text.Text.AsSpan(start, end - start);
        var four = address.Count('.') == 3 && !address.Contains(':');
        if (four ? !IsFour(address) : address.Count(':') < 2 || !IsSix(address)) return 0;
        if (start > 0 && (char.IsLetterOrDigit(text.Text[start - 1]) || text.Text[start - 1] is '-' or '_')) return 0;
        if (end < text.Text.Length && (char.IsLetterOrDigit(text.Text[end]) || text.Text[end] is '_' or '-')) return 0;
        if (four && Versions.StandsBefore(text, start)) return 0;
        return IPAddress.TryParse(address, out var parsed) ? (IsLocal(parsed) ? Local : Public) : 0;
    }

    private static bool IsFour(ReadOnlySpan<char> address)
    {
        foreach (var range in address.Split('.'))
        {
            var octet = address[range];
            if (octet.Length is 0 or > 3 || (octet.Length > 1 && octet[0] == '0') || !byte.TryParse(octet, out _)) return false;
        }
        return true;
    }

    /// <summary>Neither a time of day nor a scope of code: enough groups, and digits among them.</summary>
    private static bool IsSix(ReadOnlySpan<char> address)
    {
        var shortened = address.Contains("::", StringComparison.Ordinal);
        return address.IndexOfAnyInRange('0', '9') >= 0 && (shortened ? address.Length >= 7 || address.StartsWith("fe80") || address is "::1" : address.Count(':') == 7);
    }

    private static bool IsLocal(IPAddress address)
    {
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6Multicast) return true;
        if (address.AddressFamily != AddressFamily.InterNetwork) return false;
        Span<byte> octets = stackalloc byte[4];
        address.TryWriteBytes(octets, out _);
        return octets[0] is 0 or 10 or 127 or >= 224 || (octets[0] == 192 && octets[1] == 168) || (octets[0] == 172 && octets[1] is >= 16 and < 32) || (octets[0] == 169 && octets[1] == 254);
    }
}
