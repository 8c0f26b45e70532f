using System.ComponentModel.DataAnnotations;
using System.Net;

namespace NeetoDeploy.Router;

/// <summary>An operator's settings of a router, from section <c>Neeto</c>.</summary>
public sealed class RouterOptions
{
    /// <summary>The installation that the router serves; a router's name begins with it.</summary>
    [Required]
    public string InstallationId { get; set; } = "";

    /// <summary>The installation's data folder: <c>secrets/router.token</c> is read there, and <c>router/routes.json</c> kept.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Where apps are served; 0 takes a free port.</summary>
    [Range(0, 65535)]
    public int RouterPort { get; set; } = 8080;

    /// <summary>The address that the port is opened on.</summary>
    [Required]
    public string ListenAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The control plane.</summary>
    [Required]
    public Uri ApiUrl { get; set; } = new("http://127.0.0.1:5000");

    /// <summary>The domain under which every app has a name.</summary>
    [Required]
    public string AppsDomain { get; set; } = "localhost";

    /// <summary>How long a dyno may take to accept a connection (H19).</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From the end of the request to the first byte of the answer (H12).</summary>
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest silence in both directions, of requests, answers and WebSockets (H15).</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(55);

    /// <summary>How long a request for an app without a release waits for one (H81).</summary>
    public TimeSpan FirstReleaseTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request waits for an app that boots (H20).</summary>
    public TimeSpan BootTimeout { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>How many requests may wait for one booting app (H11).</summary>
    [Range(1, 100_000)]
    public int BacklogLimit { get; set; } = 500;

    /// <summary>How long a router that stops waits for its requests in flight.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The control plane gives a sign of life every few seconds; after this silence the router connects anew.</summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a router reports without being asked to.</summary>
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Router lines kept while the control plane is away; the newest stay.</summary>
    [Range(100, 1_000_000)]
    public int LineBuffer { get; set; } = 10_000;
}
