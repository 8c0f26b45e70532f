using System.Diagnostics;
using NeetoDeploy.Api.Tests.Host;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Builds;

namespace NeetoDeploy.Api.Tests.Git;

/// <summary>Pushes of a real git, over TLS, to the API with a builder that imitates builds.</summary>
public sealed class GitPushTests(ApiFixture api) : IDisposable
{
    private readonly TemporaryDirectory checkout = new();

    public void Dispose() => checkout.Dispose();

    [Fact]
    public async Task A_push_to_main_shows_the_build_and_releases_it()
    {
        var (app, me) = await NewAppAsync();
        var push = await PushAsync(app, "main");
        Assert.True(push.ExitCode == 0, push.Text);
        Assert.Contains("remote: -----> Building on the fake stack", push.Text, StringComparison.Ordinal);
        Assert.Contains("remote:        Released v3", push.Text, StringComparison.Ordinal);
        Assert.Contains("remote: Verifying deploy... done.", push.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0001', push.Text);
        var commit = (await GitAsync("rev-parse", "HEAD")).Text.Trim();
        Assert.Contains($"Deploy {commit[..8]}", (await me.GetAsync($"/apps/{app}/releases")).Text, StringComparison.Ordinal);
        Assert.Contains(commit, (await GitAsync("ls-remote", Remote(app), "main")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_rejects_the_push_with_its_reason()
    {
        var (app, _) = await NewAppAsync();
        var failing = FakeBuildPrograms.Fail(BuildPhase.Build, 51, "failed to compile Node.js app");
        // Other tests build at the same time.
        api.Builder.Program = (job, output, cancel) =>
            job.Name.ToString() == app ? failing(job, output, cancel) : api.Builder.SucceedAsync(job, output, cancel);
        try
        {
            var push = await PushAsync(app, "main");
            Assert.NotEqual(0, push.ExitCode);
            Assert.Contains("Push rejected, failed to compile Node.js app.", push.Text, StringComparison.Ordinal);
            Assert.Contains("pre-receive hook declined", push.Text, StringComparison.Ordinal);
            Assert.Equal("", (await GitAsync("ls-remote", Remote(app), "main")).Text);
        }
        finally
        {
            api.Builder.Program = null;
        }
    }

    [Fact]
    public async Task A_push_to_another_branch_is_stored_and_not_built()
    {
        var (app, me) = await NewAppAsync();
        var push = await PushAsync(app, "main:refs/heads/topic");
        Assert.True(push.ExitCode == 0, push.Text);
        Assert.Contains("Pushed to non-main branch, skipping build.", push.Text, StringComparison.Ordinal);
        Assert.Equal("[]", (await me.GetAsync($"/apps/{app}/builds")).Text);
        Assert.Contains("refs/heads/topic", (await GitAsync("ls-remote", Remote(app))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_cannot_be_deleted()
    {
        var (app, _) = await NewAppAsync();
        await PushAsync(app, "main");
        var push = await PushAsync(app, ":main");
        Assert.NotEqual(0, push.ExitCode);
        Assert.Contains("the main branch cannot be deleted", push.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_pushed_can_be_cloned()
    {
        var (app, _) = await NewAppAsync();
        await PushAsync(app, "main");
        var clone = Path.Combine(checkout.Path, "clone");
        Assert.Equal(0, (await GitAsync("clone", "--quiet", Remote(app), clone)).ExitCode);
        Assert.True(File.Exists(Path.Combine(clone, "Procfile")));
    }

    [Fact]
    public async Task A_stranger_finds_no_repository_and_a_wrong_token_none_at_all()
    {
        var (app, _) = await NewAppAsync();
        var stranger = await api.NewAccountAsync();
        var push = await GitAsync("push", Remote(app, stranger.Authorization!["Bearer ".Length..]), "main");
        Assert.Contains("not found", push.Text, StringComparison.Ordinal);
        Assert.Contains("Authentication failed", (await GitAsync("push", Remote(app, "wrong"), "main")).Text, StringComparison.Ordinal);
    }

    private string token = "";

    private async Task<(string App, ApiClient Me)> NewAppAsync()
    {
        var me = await api.NewAccountAsync();
        token = me.Authorization!["Bearer ".Length..];
        var app = await me.CreateAppAsync();
        await GitAsync("init", "--quiet", "--initial-branch", "main");
        await File.WriteAllTextAsync(
            Path.Combine(checkout.Path, "Procfile"),
            "web: node server.js\n",
            TestContext.Current.CancellationToken
        );
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.email=dev@example.com", "-c", "user.name=Dev", "commit", "--quiet", "--message", "first");
        return (app, me);
    }

    private Task<(int ExitCode, string Text)> PushAsync(string app, string refs) => GitAsync("push", Remote(app), refs);

    private string Remote(string app, string? with = null) => $"https://x:{with ?? token}@localhost:{api.TlsPort}/{app}.git";

    private async Task<(int ExitCode, string Text)> GitAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = checkout.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_SSL_CAINFO"] = api.Certificate.File;
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (git.ExitCode, output + await error);
    }
}
