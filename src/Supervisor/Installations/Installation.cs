using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Supervisor.Installations;

/// <summary>One NeetoDeploy on this machine, as <c>installation.json</c> keeps it.</summary>
/// <param name="Id">Labels everything this installation makes on the engine.</param>
/// <param name="Storage">Null: SQLite in the data folder; otherwise <c>postgres://…</c>.</param>
/// <param name="HasSample">The sample app has been deployed once, or was not wanted.</param>
/// <param name="EngineSocket">Where its containers are; null until it first came up.</param>
/// <param name="DashboardPort">Where a process of its own serves the dashboard; 0: only the silo does.</param>
/// <param name="GatewayPort">Where hosts outside of the silo ask grains; 0: nowhere.</param>
public sealed record Installation(
    string Id,
    int ApiPort,
    int RouterPort,
    int TlsPort,
    int RegistryPort,
    string AppsDomain,
    string? Storage,
    bool HasSample,
    string? EngineSocket = null,
    int DashboardPort = 0,
    int GatewayPort = 0
)
{
    public const string DefaultDomain = "localhost";

    [JsonIgnore]
    public string ApiUrl => Url("127.0.0.1", ApiPort);

    /// <summary>Where people find the dashboard.</summary>
    [JsonIgnore]
    public string DashboardUrl => DashboardPort == 0 ? ApiUrl : Url("127.0.0.1", DashboardPort);

    [JsonIgnore]
    public string Registry => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{RegistryPort}");

    /// <summary>Where git and attached one-off dynos connect.</summary>
    [JsonIgnore]
    public string TlsHost => string.Create(CultureInfo.InvariantCulture, $"localhost:{TlsPort}");

    /// <summary>Domain and port that an app's name is put in front of.</summary>
    [JsonIgnore]
    public string AppsAuthority =>
        RouterPort == 80 ? AppsDomain : string.Create(CultureInfo.InvariantCulture, $"{AppsDomain}:{RouterPort}");

    /// <summary>Reads the installation in a data folder; null when there is none.</summary>
    /// <exception cref="SupervisorException">The file is not readable as an installation.</exception>
    public static Installation? Find(DataFolder data)
    {
        if (!File.Exists(data.InstallationFile))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(data.InstallationFile), InstallationJson.Default.Installation);
        }
        catch (JsonException e)
        {
            throw new SupervisorException(
                $"{data.InstallationFile} is damaged ({e.Message}). Restore it from a backup, or choose another --data folder."
            );
        }
    }

    /// <summary>Writes the file whole or not at all.</summary>
    public void Save(DataFolder data)
    {
        var draft = data.InstallationFile + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, InstallationJson.Default.Installation));
        File.Move(draft, data.InstallationFile, overwrite: true);
    }

    private static string Url(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"http://{host}:{port}");
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Installation))]
internal sealed partial class InstallationJson : JsonSerializerContext;
