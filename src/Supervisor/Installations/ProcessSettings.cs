using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Supervisor.Engines;

namespace NeetoDeploy.Supervisor.Installations;

/// <summary>The settings files of our processes (section <c>Neeto</c>). Secrets are not in them: each process reads its own from the data folder.</summary>
public static class ProcessSettings
{
    public static void Write(DataFolder data, Installation installation, Engine engine, Programs programs)
    {
        Write(
            data.Settings("silo"),
            new JsonObject
            {
                ["InstallationId"] = installation.Id,
                ["DataDirectory"] = data.Root,
                ["ApiPort"] = installation.ApiPort,
                ["TlsPort"] = installation.TlsPort,
                ["GatewayPort"] = installation.GatewayPort,
                ["RouterPort"] = installation.RouterPort,
                ["AppsDomain"] = installation.AppsDomain,
                ["Registry"] = installation.Registry,
                ["EngineSocket"] = engine.Socket,
                ["Storage"] = installation.Storage ?? "",
                ["LifecycleDirectory"] = programs.Lifecycle,
                ["Doctor"] = new JsonArray([.. programs.Doctor(data.Root).Select(word => (JsonNode)word)]),
            }
        );
        Write(
            data.Settings("router"),
            new JsonObject
            {
                ["InstallationId"] = installation.Id,
                ["DataDirectory"] = data.Root,
                ["RouterPort"] = installation.RouterPort,
                ["ApiUrl"] = installation.ApiUrl,
                ["AppsDomain"] = installation.AppsDomain,
            }
        );
        Write(
            data.Settings("dashboard"),
            new JsonObject
            {
                ["InstallationId"] = installation.Id,
                ["Port"] = installation.DashboardPort,
                ["Gateways"] = new JsonArray($"127.0.0.1:{installation.GatewayPort}"),
                ["CertificatesFolder"] = Path.GetDirectoryName(data.ClusterFile("ca.pem")),
                ["KeysFolder"] = data.CookieKeys,
                ["ApiUrl"] = installation.ApiUrl,
            }
        );
    }

    private static void Write(string file, JsonObject settings) =>
        PrivateFile.Write(
            file,
            Encoding.UTF8.GetBytes(new JsonObject { ["Neeto"] = settings }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }))
        );
}
