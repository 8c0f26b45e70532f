namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>The only variables of the lifecycle's own environment that reach a buildpack (platform specification, "Environment").</summary>
internal static class CleanEnvironment
{
    private static readonly string[] Kept =
    [
        "CNB_STACK_ID",
        "HOSTNAME",
        "HOME",
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "NO_PROXY",
        "no_proxy",
        "PATH",
        "LD_LIBRARY_PATH",
        "LIBRARY_PATH",
        "CPATH",
        "PKG_CONFIG_PATH",
    ];

    private const string Certificates = "/etc/ssl/certs/ca-certificates.crt";

    // Tools bring certificates of their own; on a network with its own authority they must be told of the system's.
    private static readonly string[] CertificateVariables =
    [
        "NODE_EXTRA_CA_CERTS",
        "SSL_CERT_FILE",
        "CURL_CA_BUNDLE",
        "GIT_SSL_CAINFO",
        "PIP_CERT",
        "REQUESTS_CA_BUNDLE",
    ];

    public static Dictionary<string, string> Take(Func<string, string?> variable)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (variable(name) is { } value)
                environment[name] = value;
        }
        if (File.Exists(Certificates))
        {
            foreach (var name in CertificateVariables)
                environment[name] = Certificates;
        }
        return environment;
    }
}
