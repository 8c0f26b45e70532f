using System.Text.Json.Nodes;

namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>How a run of the CLI has ended.</summary>
/// <param name="Bytes">What was carried from a dyno to standard output.</param>
internal sealed record CliResult(int ExitCode, string Output, string Error, byte[] Bytes)
{
    /// <summary>Success, this on standard output, and nothing on standard error.</summary>
    public void Shows(string golden)
    {
        Assert.Equal("", Error);
        Assert.Equal(golden + "\n", Output);
        Assert.Equal(0, ExitCode);
    }

    /// <summary>Success, this JSON on standard output, and nothing on standard error.</summary>
    public void ShowsJson(string expected)
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        Assert.Equal(Normal(expected), Normal(Output));
    }

    /// <summary>This exit code, this on standard error, and nothing on standard output.</summary>
    public void Fails(int exitCode, string golden)
    {
        Assert.Equal(golden + "\n", Error);
        Assert.Equal("", Output);
        Assert.Equal(exitCode, ExitCode);
    }

    private static string Normal(string json) => JsonNode.Parse(json)!.ToJsonString();
}
