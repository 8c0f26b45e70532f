using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Stacks;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands.Doctor;

public sealed class DoctorTests
{
    private static readonly StackResource[] Stacks = [new(true, Examples.Noon, Examples.Id(3), "neeto-12", "public", Examples.Noon)];

    [Fact]
    public async Task All_well()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /account", Examples.Account(), ApiJson.Default.AccountResource).On("GET /stacks", Stacks, ApiJson.Default.StackResourceArray);

        (await Neeto.RunAsync(edge, "doctor")).Shows($"""
            ✔ address  {edge.Url}
            ✔ token    ann@example.com
            ✔ stacks   neeto-12
            """);
    }

    [Fact]
    public async Task What_is_wrong_is_marked_and_fails()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /account", 401, new ErrorResource("unauthorized", "Invalid credentials provided.")).On("GET /stacks", 200, "<html>");

        var result = await Neeto.RunAsync(edge, "doctor");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("✘ token    Invalid credentials provided.\n✘ stacks   ", result.Output, StringComparison.Ordinal);
    }
}
