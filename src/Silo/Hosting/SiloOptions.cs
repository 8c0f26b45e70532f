using System.Text.RegularExpressions;
using NeetoDeploy.Silo.Storage;

namespace NeetoDeploy.Silo.Hosting;

/// <summary>An operator's settings of the silo: section <c>Neeto</c> of the file given by <c>--settings</c>, or <c>Neeto__X</c> in the environment.</summary>
public sealed partial record SiloOptions
{
    public const string Section = "Neeto";

    /// <summary>Labels everything the installation makes: lower-case letters, digits and hyphens.</summary>
    public string InstallationId { get; init; } = "";

    /// <summary>The installation's data folder, as an absolute path.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>Where the Platform API listens on 127.0.0.1.</summary>
    public int ApiPort { get; init; } = 5000;

    /// <summary>Where git over HTTPS and attached dynos are served on 127.0.0.1.</summary>
    public int TlsPort { get; init; } = 5443;

    /// <summary>Where hosts outside of this process ask grains, on 127.0.0.1; they need a certificate of the cluster. 0: nowhere.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Where the router listens; the URLs of apps name it.</summary>
    public int RouterPort { get; init; } = 8080;

    /// <summary>The domain that app names are labels of.</summary>
    public string AppsDomain { get; init; } = "localhost";

    /// <summary>Host and port of the installation's registry, as the engine names it.</summary>
    public string Registry { get; init; } = "127.0.0.1:5001";

    /// <summary>The unix socket of Docker or Podman.</summary>
    public string EngineSocket { get; init; } = "/var/run/docker.sock";

    /// <summary>Empty: SQLite in the data folder. Otherwise <c>postgres://user:password@host:port/database</c>.</summary>
    public string Storage { get; init; } = "";

    /// <summary>Whether builds may fetch their source from loopback and private addresses.</summary>
    public bool AllowPrivateSources { get; init; }

    /// <summary>Host folder with the lifecycle, the launcher and the bundled buildpacks.</summary>
    public string LifecycleDirectory { get; init; } = "";

    /// <summary>The command that checks this machine and prints its findings as JSON; empty: administrators do not see any.</summary>
    public string[] Doctor { get; init; } = [];

    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static SiloOptions Read(IConfiguration configuration)
    {
        SiloOptions options;
        try
        {
            options = configuration.GetSection(Section).Get<SiloOptions>() ?? new SiloOptions();
        }
        catch (InvalidOperationException cause)
        {
            throw new SettingException(cause.InnerException is null ? cause.Message : $"{cause.Message} {cause.InnerException.Message}");
        }

        return options.Problems().FirstOrDefault() is { } problem ? throw new SettingException(problem) : options;
    }

    private IEnumerable<string> Problems()
    {
        if (!InstallationPattern().IsMatch(InstallationId))
            yield return Wrong(nameof(InstallationId), InstallationId, "1 to 32 lower-case letters, digits and hyphens");
        if (!Path.IsPathFullyQualified(DataDirectory) || !Directory.Exists(DataDirectory))
            yield return Wrong(nameof(DataDirectory), DataDirectory, "the absolute path of an existing folder");
        foreach (
            var (name, port) in ((string, int)[])[(nameof(ApiPort), ApiPort), (nameof(TlsPort), TlsPort), (nameof(RouterPort), RouterPort)]
        )
        {
            if (port is < 1 or > 65535)
                yield return Wrong(name, $"{port}", "a port from 1 to 65535");
        }

        if (GatewayPort is < 0 or > 65535)
            yield return Wrong(nameof(GatewayPort), $"{GatewayPort}", "a port from 1 to 65535, or 0 for none");
        if (ApiPort == TlsPort)
            yield return Wrong(nameof(TlsPort), $"{TlsPort}", $"another port than {Section}:{nameof(ApiPort)}");
        if (Uri.CheckHostName(AppsDomain) != UriHostNameType.Dns)
            yield return Wrong(nameof(AppsDomain), AppsDomain, "a domain name such as localhost or apps.example.com");
        if (Registry.Length == 0)
            yield return Wrong(nameof(Registry), Registry, "host and port such as 127.0.0.1:5001");
        if (Storage.Length > 0 && !PostgresUrl.IsValid(Storage))
            // Not shown: it may hold a password.
            yield return $"The setting {Section}:{nameof(Storage)} must be empty (SQLite) or have the form postgres://user:password@host:port/database.";
        if (LifecycleDirectory.Length > 0 && !Directory.Exists(LifecycleDirectory))
            yield return Wrong(nameof(LifecycleDirectory), LifecycleDirectory, "an existing folder");
    }

    private static string Wrong(string name, string value, string expected) =>
        $"The setting {Section}:{name} is '{value}'; it must be {expected}.";

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex InstallationPattern();
}
