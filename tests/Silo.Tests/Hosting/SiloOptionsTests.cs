using Microsoft.Extensions.Configuration;
using NeetoDeploy.Silo.Hosting;

namespace NeetoDeploy.Silo.Tests.Hosting;

public sealed class SiloOptionsTests
{
    private readonly Dictionary<string, string?> settings = new()
    {
        ["Neeto:InstallationId"] = "test",
        ["Neeto:DataDirectory"] = Path.GetTempPath(),
    };

    [Fact]
    public void What_is_not_said_has_the_usual_value()
    {
        var options = Read();

        Assert.Equal(
            (5000, 5443, 8080, "localhost", ""),
            (options.ApiPort, options.TlsPort, options.RouterPort, options.AppsDomain, options.Storage)
        );
    }

    [Theory]
    [InlineData("InstallationId", "")]
    [InlineData("InstallationId", "Not_Allowed")]
    [InlineData("DataDirectory", "relative/folder")]
    [InlineData("DataDirectory", "/no/such/folder")]
    [InlineData("ApiPort", "0")]
    [InlineData("ApiPort", "many")]
    [InlineData("TlsPort", "5000")]
    [InlineData("GatewayPort", "-1")]
    [InlineData("RouterPort", "65536")]
    [InlineData("AppsDomain", "not a domain")]
    [InlineData("Registry", "")]
    [InlineData("Storage", "mysql://root@localhost/x")]
    [InlineData("LifecycleDirectory", "/no/such/folder")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value)
    {
        settings[$"Neeto:{name}"] = value;

        var refusal = Assert.Throws<SettingException>(Read);

        Assert.Contains($"Neeto:{name}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_of_the_database_is_not_shown()
    {
        settings["Neeto:Storage"] = "postgres://neeto:hunter2@";

        Assert.DoesNotContain("hunter2", Assert.Throws<SettingException>(Read).Message, StringComparison.Ordinal);
    }

    private SiloOptions Read() => SiloOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
