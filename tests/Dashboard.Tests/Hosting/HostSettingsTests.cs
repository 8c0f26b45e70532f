using NeetoDeploy.Dashboard.Hosting;

namespace NeetoDeploy.Dashboard.Tests.Hosting;

public sealed class HostSettingsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("neeto-dashboard-");
    private readonly Dictionary<string, object> settings;

    public HostSettingsTests() =>
        settings = new()
        {
            ["InstallationId"] = "neeto-1",
            ["Port"] = 5010,
            ["Gateways"] = (string[])["127.0.0.1:5002", "[::1]:5002"],
            ["CertificatesFolder"] = folder.FullName,
            ["KeysFolder"] = folder.FullName,
            ["ApiUrl"] = "http://127.0.0.1:5000",
        };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Settings_are_read_from_the_file_that_is_named()
    {
        var read = Read();

        Assert.Equal(("127.0.0.1", 5010), (read.ListenAddress, read.Port));
        Assert.Equal(["127.0.0.1:5002", "[::1]:5002"], read.GatewayEndpoints().Select(gateway => gateway.ToString()));
    }

    [Theory]
    [InlineData("InstallationId", "")]
    [InlineData("ListenAddress", "everywhere")]
    [InlineData("Port", "0")]
    [InlineData("Port", "many")]
    [InlineData("Gateways", "")]
    [InlineData("CertificatesFolder", "/no/such/folder")]
    [InlineData("KeysFolder", "")]
    [InlineData("ApiUrl", "file:///etc")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value)
    {
        settings[name] = name == "Gateways" ? (string[])["127.0.0.1"] : value;

        Assert.Contains($"Neeto:{name}", Assert.Throws<HostSettingException>(Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_without_its_certificate_does_not_start()
    {
        var refusal = Assert.Throws<HostSettingException>(() => DashboardHost.Create(Read()));

        Assert.Contains(folder.FullName, refusal.Message, StringComparison.Ordinal);
    }

    private HostSettings Read()
    {
        var file = Path.Combine(folder.FullName, "settings.json");
        File.WriteAllText(file, System.Text.Json.JsonSerializer.Serialize(new { Neeto = settings }));
        return HostSettings.Read(["--settings", file]);
    }
}
