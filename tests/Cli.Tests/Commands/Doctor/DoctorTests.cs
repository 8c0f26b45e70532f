using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Stacks;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Doctor;

public sealed class DoctorTests
{
    private static readonly StackResource[] Stacks = [new(true, Examples.Noon, Examples.Id(3), "neeto-12", "public", Examples.Noon)];

    private const string Refs = "GET /shop.git/info/refs?service=git-upload-pack";

    [Fact]
    public async Task All_well()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Well(edge).On("GET /apps", [App(edge)], ApiJson.Default.AppResourceArray).On(Refs, 200, "");

        (await Neeto.RunAsync(edge, "doctor")).Shows(
            $"""
            ✔ address  {edge.Url}
            ✔ token    ann@example.com
            ✔ stacks   neeto-12
            ✔ git      {edge.Url}/shop.git answers
            """
        );
        Assert.Equal(
            $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($":{Neeto.Token}"))}",
            edge.Single(Refs).Header("Authorization")
        );
    }

    [Fact]
    public async Task Git_is_not_tried_before_there_is_an_app()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Well(edge).On("GET /apps", [], ApiJson.Default.AppResourceArray);

        var result = await Neeto.RunAsync(edge, "doctor");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("✔ git      not tried: there is no app yet", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_git_is_refused_with_is_said_with_what_to_do()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        Well(edge).On("GET /apps", [App(edge)], ApiJson.Default.AppResourceArray).On(Refs, 401, "");

        var result = await Neeto.RunAsync(edge, "doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            $"✘ git      {edge.Url}/shop.git answers with 401. Sign in again with 'neeto login'.",
            result.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_said_with_what_to_do()
    {
        await using var dyno = new ScriptedDyno(_ => Task.CompletedTask);
        await using var edge = await ScriptedEdge.StartAsync();
        var address = dyno.Url.Replace("rendezvous:", "https:", StringComparison.Ordinal);
        Well(edge).On("GET /apps", [Examples.App() with { GitUrl = address }], ApiJson.Default.AppResourceArray);

        var result = await Neeto.RunAsync(edge, "doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("✘ git      The installation's certificate is not trusted", result.Output, StringComparison.Ordinal);
        Assert.Contains("GIT_SSL_CAINFO", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_marked_and_fails()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /account", 401, new ErrorResource("unauthorized", "Invalid credentials provided."))
            .On("GET /stacks", 200, "<html>");

        var result = await Neeto.RunAsync(edge, "doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("✘ token    Invalid credentials provided.", result.Output, StringComparison.Ordinal);
        Assert.Contains("✘ stacks   The installation's answer cannot be understood", result.Output, StringComparison.Ordinal);
    }

    private static ScriptedEdge Well(ScriptedEdge edge) =>
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource)
            .On("GET /stacks", Stacks, ApiJson.Default.StackResourceArray);

    private static AppResource App(ScriptedEdge edge) => Examples.App() with { GitUrl = $"{edge.Url}/shop.git" };
}
