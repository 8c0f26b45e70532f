using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Supervisor.Checks;

namespace NeetoDeploy.Supervisor.Tests.Checks;

public sealed class GitAnswerTests
{
    [Theory]
    [InlineData(0, "", GitAccess.Well)]
    [InlineData(128, "remote: Couldn't find that app.\nfatal: repository 'https://localhost:5443/x.git/' not found\n", GitAccess.Well)]
    [InlineData(128, "fatal: could not read Username for 'https://localhost:5443': terminal prompts disabled\n", GitAccess.NoCredentials)]
    [InlineData(128, "fatal: Authentication failed for 'https://localhost:5443/x.git/'\n", GitAccess.WrongCredentials)]
    [InlineData(
        128,
        "fatal: unable to access 'https://localhost:5443/': server certificate verification failed. CAfile: none\n",
        GitAccess.Distrusted
    )]
    [InlineData(
        128,
        "fatal: unable to access 'https://localhost:5443/': SSL certificate problem: self-signed certificate\n",
        GitAccess.Distrusted
    )]
    [InlineData(128, "fatal: unable to access 'https://localhost:1/': Failed to connect to localhost port 1\n", GitAccess.Failed)]
    [InlineData(1, "", GitAccess.Failed)]
    public void What_git_says_is_understood(int exitCode, string error, GitAccess access) =>
        Assert.Equal(access, GitAnswer.Of(exitCode, error).Access);

    [Fact]
    public async Task Git_says_itself_why_it_cannot_connect()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var answer = await GitAnswer.AskAsync($"https://127.0.0.1:{port}/x.git", [], TestContext.Current.CancellationToken);

        Assert.Equal(GitAccess.Failed, answer.Access);
        Assert.Contains("onnect", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_git_that_is_broken_is_shown_in_its_own_words()
    {
        var answer = await GitAnswer.AskAsync(
            "https://127.0.0.1:1/x.git",
            [("GIT_EXEC_PATH", "/nowhere")],
            TestContext.Current.CancellationToken
        );

        Assert.Equal(GitAccess.Failed, answer.Access);
        Assert.NotEqual("", answer.Text);
    }
}
