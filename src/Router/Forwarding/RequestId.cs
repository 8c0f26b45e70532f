using System.Buffers;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>A client's request id is kept when it is harmless; otherwise the request gets one.</summary>
internal static class RequestId
{
    private const int Longest = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+/=.:");

    public static string Choose(string? fromClient) =>
        fromClient is { Length: > 0 and <= Longest } && !fromClient.AsSpan().ContainsAnyExcept(Allowed) ? fromClient : Guid.NewGuid().ToString("D");
}
