namespace NeetoDeploy.Cli.Tests.Harness;

/// <summary>Runs the CLI in this process, in surroundings that are the test's own: nothing leaks between tests that run side by side.</summary>
internal sealed class Neeto
{
    public const string Token = "HRKU-0123456789";

    /// <summary>Environment variables; the CLI sees no others.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Where the user stands.</summary>
    public string Folder { get; init; } = "/";

    public string Input { get; init; } = "";

    public Stream? InputBytes { get; init; }

    public bool IsTerminal { get; init; }

    public TimeProvider Time { get; init; } = new UtcTime();

    public static Neeto SignedIn(
        ScriptedEdge edge,
        string folder = "/",
        string input = "",
        Stream? inputBytes = null,
        bool isTerminal = false
    ) =>
        new()
        {
            Variables = { ["NEETO_URL"] = edge.Url, ["NEETO_TOKEN"] = Token },
            Folder = folder,
            Input = input,
            InputBytes = inputBytes,
            IsTerminal = isTerminal,
        };

    /// <summary>Runs one command line against an edge.</summary>
    public static Task<CliResult> RunAsync(ScriptedEdge edge, params string[] line) => SignedIn(edge).RunAsync(line);

    public Task<CliResult> RunAsync(params string[] line) => RunAsync(line, TestContext.Current.CancellationToken);

    public async Task<CliResult> RunAsync(string[] line, CancellationToken cancel)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var bytes = new MemoryStream();
        var around = new Surroundings
        {
            Output = output,
            Error = error,
            Variable = Variables.GetValueOrDefault,
            Folder = Folder,
            Time = Time,
            Input = () => new StringReader(Input),
            OpenInput = () => InputBytes ?? Stream.Null,
            OpenOutput = () => bytes,
            WatchOutput = () => CancellationToken.None,
            IsInputTerminal = IsTerminal,
            IsOutputTerminal = IsTerminal,
            IsErrorTerminal = IsTerminal,
        };
        var exitCode = await CommandTree.RunAsync(line, around, cancel);
        return new CliResult(exitCode, output.ToString(), error.ToString(), bytes.ToArray());
    }

    /// <summary>The system's clock in a place where local time is UTC.</summary>
    private sealed class UtcTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
