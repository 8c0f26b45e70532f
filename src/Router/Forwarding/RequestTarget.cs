namespace NeetoDeploy.Router.Forwarding;

/// <summary>The path and query of a request line, byte for byte: apps see what the client wrote, not what a parser made of it.</summary>
internal static class RequestTarget
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Null for a target that is neither a path nor an absolute URI (<c>*</c>, or CONNECT's authority).</summary>
    public static string? Read(string rawTarget)
    {
        if (rawTarget is ['/', ..])
            return rawTarget;
        var scheme = rawTarget.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return null;
        var path = rawTarget.AsSpan(scheme + 3).IndexOfAny('/', '?');
        if (path < 0)
            return "/";
        var rest = rawTarget[(scheme + 3 + path)..];
        return rest[0] == '/' ? rest : "/" + rest;
    }

    public static Uri Under(string prefix, string target) => new(prefix + target, AsWritten);
}
