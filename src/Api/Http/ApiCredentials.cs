using System.Net.Http.Headers;
using System.Text;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Accounts;

namespace NeetoDeploy.Api.Http;

/// <summary>Finds out who is asking. A token comes as <c>Bearer</c>, or as the password of <c>Basic</c>, whatever the user name is.</summary>
public sealed class ApiCredentials(IGrainFactory grains)
{
    private const int MaxTokenLength = 512;

    /// <summary>The token in a request's Authorization header; null when there is none that could be one.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header.Parameter is null)
            return null;
        var token = header.Scheme.ToLowerInvariant() switch
        {
            "bearer" => header.Parameter,
            "basic" => PasswordOf(header.Parameter),
            _ => null,
        };
        return token is { Length: > 0 and <= MaxTokenLength } ? token : null;
    }

    /// <summary>
    /// Whom a token stands for; null when it stands for nobody. The caller then says on whose behalf its next grain calls are, with
    /// <see cref="CallContext.Act"/>, in its own method: what an awaited method sets does not reach its caller.
    /// </summary>
    public async Task<AuthenticatedToken?> AuthenticateAsync(string? token)
    {
        if (token is null)
            return null;
        CallContext.Act(Actor.Platform);
        return await grains.TokenOf(token).AuthenticateAsync();
    }

    private static string? PasswordOf(string basic)
    {
        Span<byte> bytes = stackalloc byte[1024];
        if (basic.Length > 1024 || !Convert.TryFromBase64String(basic, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes[..length]);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
