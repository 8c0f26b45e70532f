using System.Diagnostics;
using System.Globalization;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>The user's terminal in raw mode: every key goes to the dyno. Disposing gives it back as it was.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly string settings;

    private Terminal(string settings) => this.settings = settings;

    public static async Task<Terminal> EnterRawAsync(CancellationToken cancel)
    {
        var settings = await SttyAsync(["-g"], cancel);
        await SttyAsync(["raw", "-echo"], cancel);
        return new Terminal(settings);
    }

    /// <summary>What a program there must know of the terminal here.</summary>
    public static Dictionary<string, string> Environment(Surroundings around) => new()
    {
        ["TERM"] = around.Variable("TERM") ?? "xterm",
        ["COLUMNS"] = Console.WindowWidth.ToString(CultureInfo.InvariantCulture),
        ["LINES"] = Console.WindowHeight.ToString(CultureInfo.InvariantCulture),
    };

    public void Dispose()
    {
        using var stty = Process.Start(new ProcessStartInfo("stty", [settings]));
        stty?.WaitForExit();
    }

    /// <summary>stty works on the terminal that is its standard input, which it has from us.</summary>
    private static async Task<string> SttyAsync(string[] arguments, CancellationToken cancel)
    {
        using var stty = Process.Start(new ProcessStartInfo("stty", arguments) { RedirectStandardOutput = true })!;
        var output = await stty.StandardOutput.ReadToEndAsync(cancel);
        await stty.WaitForExitAsync(cancel);
        return output.Trim();
    }
}
