using System.Net;
using System.Net.NetworkInformation;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>The ports an installation listens on.</summary>
internal static class Ports
{
    public static IReadOnlyList<(string Option, int Port)> Of(Installation installation) =>
        [
            ("--api-port", installation.ApiPort),
            ("--router-port", installation.RouterPort),
            ("--tls-port", installation.TlsPort),
            ("--registry-port", installation.RegistryPort),
            .. Optional("--dashboard-port", installation.DashboardPort),
            .. Optional("--gateway-port", installation.GatewayPort),
        ];

    private static IEnumerable<(string Option, int Port)> Optional(string option, int port) => port == 0 ? [] : [(option, port)];

    /// <exception cref="SupervisorException">Somebody else listens on one of them; all of those are named.</exception>
    public static void RequireFree(Installation installation)
    {
        var taken = Of(installation).Where(p => !IsFree(p.Port)).Select(p => $"{p.Port} ({p.Option})").ToArray();
        if (taken.Length > 0)
            throw new SupervisorException(
                $"Something else listens on port {string.Join(", ", taken)}. Stop it, or choose other ports with these options."
            );
    }

    /// <summary>Returns once somebody listens.</summary>
    public static async Task ListensAsync(int port, TimeProvider time, CancellationToken cancel)
    {
        while (IsFree(port))
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancel);
    }

    /// <summary>
    /// Whether nobody listens where we would. The machine's table is read for that: to try it oneself would succeed beside those who share their port, as silos do,
    /// and take connections from them for a moment.
    /// </summary>
    public static bool IsFree(int port) =>
        !IPGlobalProperties
            .GetIPGlobalProperties()
            .GetActiveTcpListeners()
            .Any(listener =>
                listener.Port == port
                && (
                    listener.Address.Equals(IPAddress.Any)
                    || listener.Address.Equals(IPAddress.IPv6Any)
                    || IPAddress.IsLoopback(listener.Address)
                )
            );
}
