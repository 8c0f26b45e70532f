using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Tests.Installations;

public sealed class InstallationTests : IDisposable
{
    private static readonly InstallationWishes Nothing = new(null, null, null, null, null, null);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_installation_has_the_documented_ports()
    {
        var made = Nothing.ApplyTo(null, () => "neeto-1");
        Assert.Equal(new Installation("neeto-1", 5000, 8080, 5443, 5001, "localhost", null, false), made);
    }

    [Fact]
    public void What_was_chosen_before_holds_until_something_else_is_asked_for()
    {
        var chosen = (Nothing with { ApiPort = 6000, AppsDomain = "apps.test" }).ApplyTo(null, () => "neeto-1");
        var again = (Nothing with { RouterPort = 80 }).ApplyTo(chosen, () => throw new InvalidOperationException("It has an id."));
        Assert.Equal(chosen with { RouterPort = 80 }, again);
        Assert.Equal("apps.test", again.AppsAuthority);
        Assert.Equal("apps.test:8080", chosen.AppsAuthority);
    }

    [Fact]
    public void A_dashboard_of_its_own_opens_a_gateway_for_it_and_goes_again()
    {
        var plain = Nothing.ApplyTo(null, () => "neeto-1");
        Assert.Equal(("http://127.0.0.1:5000", 0), (plain.DashboardUrl, plain.GatewayPort));

        var with = (Nothing with { DashboardPort = 5010 }).ApplyTo(plain, () => "");
        Assert.Equal(("http://127.0.0.1:5010", 5002), (with.DashboardUrl, with.GatewayPort));
        Assert.Equal(with, Nothing.ApplyTo(with, () => ""));

        var without = (Nothing with { DashboardPort = 0 }).ApplyTo(with, () => "");
        Assert.Equal(plain with { GatewayPort = 5002 }, without);
        Assert.Equal(plain, (Nothing with { GatewayPort = 0 }).ApplyTo(without, () => ""));
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var made = (Nothing with { Storage = "postgres://neeto@127.0.0.1/neeto", EngineSocket = "/run/podman/podman.sock" }).ApplyTo(
            null,
            () => "neeto-1"
        );
        made.Save(folder.Data);
        Assert.Equal(made, Installation.Find(folder.Data));
    }

    [Fact]
    public void A_damaged_file_is_named_and_not_replaced()
    {
        File.WriteAllText(folder.Data.InstallationFile, "{ half");
        var refusal = Assert.Throws<SupervisorException>(() => Installation.Find(folder.Data));
        Assert.Contains(folder.Data.InstallationFile, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("{ half", File.ReadAllText(folder.Data.InstallationFile));
    }

    [Fact]
    public void Secrets_are_made_once_and_only_their_owner_reads_them()
    {
        InstallationSecrets.Create(folder.Data);
        string[] files = [folder.Data.MasterKey, folder.Data.AdminToken, folder.Data.RouterToken, folder.Data.IngestToken];
        var first = files.Select(File.ReadAllText).ToArray();
        InstallationSecrets.Create(folder.Data);

        Assert.Equal(first, files.Select(File.ReadAllText));
        Assert.Equal(4, first.Distinct().Count());
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(32, Convert.FromBase64String(first[0]).Length);
    }

    [Fact]
    public void The_environment_survives_a_shell_whatever_the_folder_is_called()
    {
        var data = new DataFolder(Path.Combine(folder.Data.Root, "it's $HOME `here`"));
        data.Create();
        InstallationSecrets.Create(data);
        var exports = ShellEnvironment.Exports(data, Nothing.ApplyTo(null, () => "neeto-1"));
        Assert.Contains(
            @"export GIT_SSL_CAINFO='" + folder.Data.Root + @"/it'\''s $HOME `here`/tls/bundle.pem'" + "\n",
            exports,
            StringComparison.Ordinal
        );
        Assert.Contains("export HEROKU_HOST='http://127.0.0.1:5000'\n", exports, StringComparison.Ordinal);
    }
}
