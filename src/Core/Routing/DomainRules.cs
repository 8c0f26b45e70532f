using System.Net;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Routing;

/// <summary>Which host names an app may have.</summary>
public static class DomainRules
{
    /// <summary>The host name that every app has by its name.</summary>
    public static string DefaultHost(AppName app, string appsDomain) => $"{app}.{appsDomain}".ToLowerInvariant();

    /// <summary>Reads a custom host name in any letter case, with or without a trailing dot.</summary>
    /// <param name="appsDomain">The domain that default host names lie under; no custom one may.</param>
    public static Result<DomainName> Parse(string host, string appsDomain)
    {
        var bare = host.Trim().TrimEnd('.').ToLowerInvariant();
        if (!DomainName.TryParse(bare, null, out var name) || IPAddress.TryParse(bare, out _))
            return new Error(ErrorCodes.DomainInvalid, $"'{Short(host)}' is not a host name, such as www.example.com.");
        return bare == appsDomain || bare.EndsWith($".{appsDomain}", StringComparison.Ordinal)
            ? new Error(ErrorCodes.DomainInvalid, $"{bare} lies under {appsDomain}, where every app has its name already.")
            : name;
    }

    private static string Short(string host) => host.Length > 100 ? $"{host[..100]}…" : host;
}
