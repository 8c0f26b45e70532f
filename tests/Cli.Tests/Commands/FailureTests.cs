using System.Net;
using System.Net.Sockets;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Tests.Harness;

namespace NeetoDeploy.Cli.Tests.Commands;

/// <summary>What people read, and what scripts branch on, when something goes wrong.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(401, 4, "Error: Because.\nSign in with 'neeto login', or set NEETO_TOKEN.")]
    [InlineData(403, 4, "Error: Because.")]
    [InlineData(404, 3, "Error: Because.")]
    [InlineData(409, 1, "Error: Because.")]
    [InlineData(422, 1, "Error: Because.")]
    [InlineData(500, 1, "Error: Because.")]
    [InlineData(503, 5, "Error: Because.")]
    public async Task The_installations_words_are_shown_and_the_status_becomes_an_exit_code(int status, int exitCode, string text)
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /apps/shop", status, new ErrorResource("some_id", "Because.", Resource: "release"));

        (await Neeto.RunAsync(edge, "info", "-a", "shop")).Fails(exitCode, text);
    }

    [Fact]
    public async Task A_missing_app_is_answered_with_the_nearest_names()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /apps/shop-stagin", 404, new ErrorResource("not_found", "Couldn't find that app.", Resource: "app"));
        edge.On("GET /apps", [Examples.App("shop-staging"), Examples.App("shop"), Examples.App("blog")], ApiJson.Default.AppResourceArray);

        (await Neeto.RunAsync(edge, "info", "-a", "shop-stagin")).Fails(
            3,
            """
            Error: Couldn't find that app.
            Did you mean shop-staging?
            """
        );
    }

    [Fact]
    public async Task A_missing_app_with_no_name_near_it_says_where_to_look()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /apps/shop", 404, new ErrorResource("not_found", "Couldn't find that app.", Resource: "app"));

        (await Neeto.RunAsync(edge, "info", "-a", "shop")).Fails(
            3,
            """
            Error: Couldn't find that app.
            'neeto apps' lists the apps you can see.
            """
        );
    }

    [Fact]
    public async Task An_installation_that_is_not_there_is_unreachable()
    {
        var neeto = new Neeto { Variables = { ["NEETO_URL"] = $"http://127.0.0.1:{UnusedPort()}", ["NEETO_TOKEN"] = "x" } };

        var result = await neeto.RunAsync("apps");

        Assert.Equal(5, result.ExitCode);
        Assert.StartsWith("Error: The installation does not answer (Connection refused", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("Is it running? 'neeto status' says; 'neeto up' starts it.\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_at_the_address_is_seen_through()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", 200, "<html>Welcome to nginx!</html>");

        var result = await Neeto.RunAsync(edge, "apps");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Error: The installation's answer cannot be understood", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_something_in_between_names_the_status_and_the_address()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.On("GET /apps", 502, "<html>");

        (await Neeto.RunAsync(edge, "apps")).Fails(5, $"Error: 502 Bad Gateway from {edge.Url}/apps");
    }

    [Fact]
    public async Task A_message_cannot_steer_the_terminal()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /apps", 422, new ErrorResource("x", "\e[2JBecause.\a"));

        Assert.Equal("\e[31mError:\e[0m [2JBecause.\n", (await Neeto.SignedIn(edge, isTerminal: true).RunAsync("apps")).Error);
    }

    [Fact]
    public async Task NO_COLOR_is_heeded()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        edge.Refuse("GET /apps", 422, new ErrorResource("x", "Because."));
        var neeto = Neeto.SignedIn(edge, isTerminal: true);
        neeto.Variables["NO_COLOR"] = "1";

        (await neeto.RunAsync("apps")).Fails(1, "Error: Because.");
    }

    [Fact]
    public async Task A_file_of_authorities_that_is_not_there_is_named()
    {
        await using var edge = await ScriptedEdge.StartAsync();
        var neeto = Neeto.SignedIn(edge);
        neeto.Variables["GIT_SSL_CAINFO"] = "/nowhere/ca.pem";

        var result = await neeto.RunAsync("apps");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Error: The certificate authorities in /nowhere/ca.pem cannot be read: ", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A port that was free a moment ago.</summary>
    private static int UnusedPort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
