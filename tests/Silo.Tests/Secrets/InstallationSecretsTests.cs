using NeetoDeploy.Silo.Hosting;
using NeetoDeploy.Silo.Secrets;
using NeetoDeploy.Silo.Tests.Hosting;

namespace NeetoDeploy.Silo.Tests.Secrets;

public sealed class InstallationSecretsTests : IDisposable
{
    private readonly TestInstallation installation = new();

    [Fact]
    public void Tokens_are_read_and_each_purpose_has_its_own_key()
    {
        var secrets = InstallationSecrets.Read(installation.Folder);

        Assert.Equal(installation.AdminToken, secrets.AdminToken);
        Assert.Equal(installation.RouterToken, secrets.RouterToken);
        Assert.Equal(installation.IngestToken, secrets.IngestToken);
        Assert.Equal(secrets.KeyFor("one"), InstallationSecrets.Read(installation.Folder).KeyFor("one"));
        Assert.NotEqual(secrets.KeyFor("one"), secrets.KeyFor("two"));
    }

    [
        Theory,
        InlineData("master.key"),
        InlineData("admin.token"),
        InlineData("router.token"),
        InlineData("ingest.token"),
        InlineData("setup.token")
    ]
    public void A_missing_secret_is_named(string name)
    {
        File.Delete(installation.SecretFile(name));

        AssertRefusedFor(name);
    }

    [
        Theory,
        InlineData("master.key"),
        InlineData("admin.token"),
        InlineData("router.token"),
        InlineData("ingest.token"),
        InlineData("setup.token")
    ]
    public void A_short_secret_is_refused(string name)
    {
        installation.WriteSecret(name, Convert.ToBase64String(new byte[16]));

        AssertRefusedFor(name);
    }

    [
        Theory,
        InlineData("master.key"),
        InlineData("admin.token"),
        InlineData("router.token"),
        InlineData("ingest.token"),
        InlineData("setup.token")
    ]
    public void A_secret_that_others_can_read_is_refused(string name)
    {
        File.SetUnixFileMode(installation.SecretFile(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        AssertRefusedFor(name);
    }

    public void Dispose() => installation.Dispose();

    private void AssertRefusedFor(string name)
    {
        var refusal = Assert.Throws<SettingException>(() => InstallationSecrets.Read(installation.Folder));
        Assert.Contains(installation.SecretFile(name), refusal.Message, StringComparison.Ordinal);
    }
}
