using System.Net;

namespace NeetoDeploy.Dashboard.Hosting;

/// <summary>An operator's settings of a host for the dashboard alone: section <c>Neeto</c> of the file given by <c>--settings</c>, or <c>Neeto__X</c> in the environment.</summary>
internal sealed record HostSettings
{
    /// <summary>The installation whose grains are asked.</summary>
    public string InstallationId { get; init; } = "";

    /// <summary>The address that pages are served on.</summary>
    public string ListenAddress { get; init; } = IPAddress.Loopback.ToString();

    /// <summary>The port that pages are served on.</summary>
    public int Port { get; init; }

    /// <summary>Where silos answer, such as <c>127.0.0.1:5002</c>.</summary>
    public string[] Gateways { get; init; } = [];

    /// <summary>Folder with <c>ca.pem</c>, <c>client.pem</c> and <c>client.key</c> of the installation.</summary>
    public string CertificatesFolder { get; init; } = "";

    /// <summary>Where keys for cookies and forms are kept. Hosts that share the folder share sessions.</summary>
    public string KeysFolder { get; init; } = "";

    /// <summary>The control plane, which takes what people upload.</summary>
    public string ApiUrl { get; init; } = "";

    /// <exception cref="HostSettingException">A setting cannot be used.</exception>
    public static HostSettings Read(string[] args)
    {
        var configuration = new ConfigurationBuilder();
        if (args is ["--settings", var file])
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        else if (args is not [])
            throw new HostSettingException("Usage: NeetoDeploy.Dashboard [--settings FILE]");
        configuration.AddEnvironmentVariables();
        HostSettings settings;
        try
        {
            settings = configuration.Build().GetSection("Neeto").Get<HostSettings>() ?? new HostSettings();
        }
        catch (Exception cause) when (cause is InvalidOperationException or InvalidDataException or FileNotFoundException)
        {
            throw new HostSettingException(cause.Message);
        }
        return settings.Problems().FirstOrDefault() is { } problem ? throw new HostSettingException(problem) : settings;
    }

    /// <summary>The silos' addresses.</summary>
    public IPEndPoint[] GatewayEndpoints() => [.. Gateways.Select(gateway => IPEndPoint.Parse(gateway))];

    private IEnumerable<string> Problems()
    {
        if (InstallationId.Length == 0)
            yield return Wrong(nameof(InstallationId), InstallationId, "the id of the installation");
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return Wrong(nameof(ListenAddress), ListenAddress, "an IP address");
        if (Port is < 1 or > 65535)
            yield return Wrong(nameof(Port), $"{Port}", "a port from 1 to 65535");
        if (Gateways.Length == 0 || !Gateways.All(gateway => IPEndPoint.TryParse(gateway, out var at) && at.Port > 0))
            yield return Wrong(nameof(Gateways), string.Join(' ', Gateways), "addresses with ports such as 127.0.0.1:5002");
        if (!Directory.Exists(CertificatesFolder))
            yield return Wrong(nameof(CertificatesFolder), CertificatesFolder, "an existing folder");
        if (!Directory.Exists(KeysFolder))
            yield return Wrong(nameof(KeysFolder), KeysFolder, "an existing folder");
        if (!Uri.TryCreate(ApiUrl, UriKind.Absolute, out var api) || api.Scheme is not ("http" or "https"))
            yield return Wrong(nameof(ApiUrl), ApiUrl, "a URL such as http://127.0.0.1:5000");
    }

    private static string Wrong(string name, string value, string expected) =>
        $"The setting Neeto:{name} is '{value}'; it must be {expected}.";
}

/// <summary>A setting that the host cannot start with. The message names it and says what to do.</summary>
internal sealed class HostSettingException(string message) : Exception(message);
