using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Output;

/// <summary>What a terminal gets, and what a pipe gets.</summary>
public sealed class ScreenTests
{
    [Theory]
    [InlineData(true, null, null, "\e[2mEMAIL  ROLE\e[0m\n")]
    [InlineData(true, "1", null, "EMAIL  ROLE\n")]
    [InlineData(true, "", null, "\e[2mEMAIL  ROLE\e[0m\n")]
    [InlineData(true, null, "dumb", "EMAIL  ROLE\n")]
    [InlineData(false, null, null, "EMAIL  ROLE\n")]
    public async Task Colours_are_for_terminals_that_want_them(bool isTerminal, string? noColour, string? term, string expected)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps/shop/collaborators", [], ApiJson.Default.CollaboratorResourceArray);
        var neeto = Neeto.SignedIn(edge, isTerminal: isTerminal);
        if (noColour is not null)
            neeto.Variables["NO_COLOR"] = noColour;
        if (term is not null)
            neeto.Variables["TERM"] = term;

        Assert.Equal(expected, (await neeto.RunAsync("access", "-a", "shop")).Output);
    }

    [Fact]
    public async Task Progress_is_a_line_of_its_own_where_nobody_watches()
    {
        using var folder = new TempFolder();
        await using var edge = await ScriptedEdge.StartAsync();

        var result = await Neeto.SignedIn(edge, folder.Path).RunAsync("deploy", "-a", "shop");

        Assert.Equal("", result.Output);
        Assert.StartsWith("Packing…\nError: There is nothing to deploy in ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spinner_never_touches_standard_output()
    {
        using var folder = new TempFolder();
        await using var edge = await ScriptedEdge.StartAsync();

        var result = await Neeto.SignedIn(edge, folder.Path, isTerminal: true).RunAsync("deploy", "-a", "shop");

        Assert.Equal("", result.Output);
        Assert.Equal(2, result.ExitCode);
    }
}
