using System.Buffers;

namespace NeetoDeploy.Router.Routing;

/// <summary>Reads the host name of a <c>Host</c> header: lower case, without port and without the dot of the root.</summary>
internal static class HostHeader
{
    private const int Longest = 253;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");
    private static readonly SearchValues<char> AnyCase = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"
    );

    /// <summary>Answers false for what no host can be named; an IPv6 address is one of those, because no app has it.</summary>
    public static bool TryRead(ReadOnlySpan<char> header, Span<char> buffer, out ReadOnlySpan<char> host)
    {
        host = default;
        var colon = header.IndexOf(':');
        if (colon >= 0 && !IsPort(header[(colon + 1)..]))
            return false;
        var name = colon < 0 ? header : header[..colon];
        if (name is [.. var rooted, '.'])
            name = rooted;
        if (name.Length is 0 or > Longest || name[0] == '.' || name.IndexOf("..") >= 0)
            return false;
        if (!name.ContainsAnyExcept(Plain))
        {
            host = name;
            return true;
        }

        if (name.ContainsAnyExcept(AnyCase))
            return false;
        host = buffer[..name.ToLowerInvariant(buffer)];
        return true;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length <= 5 && !text.ContainsAnyExceptInRange('0', '9');
}
