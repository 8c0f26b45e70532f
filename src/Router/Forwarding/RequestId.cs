using System.Buffers;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>A client's request id is kept when it is harmless; otherwise the request gets one.</summary>
internal static class RequestId
{
    private const int Longest = 200;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+/=.:"
    );

    public static string Choose(string? fromClient) =>
        fromClient is { Length: > 0 and <= Longest } && !fromClient.AsSpan().ContainsAnyExcept(Allowed) ? fromClient : Create();

    /// <summary>A random UUID. It has to be unique and not secret, so that it need not come from the kernel.</summary>
    private static string Create()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
