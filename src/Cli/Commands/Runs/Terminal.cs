using System.Globalization;
using System.Runtime.InteropServices;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>
/// The user's terminal in raw mode: every key goes to the dyno. Disposing gives it back as it was. Set by termios(3) itself: after a child such as
/// <c>stty</c> has ended, .NET puts its own settings back.
/// </summary>
internal sealed class Terminal : IDisposable
{
    private const int StandardInput = 0;
    private const int AtOnce = 0;

    /// <summary>Larger than <c>struct termios</c> anywhere.</summary>
    private const int Room = 256;

    private readonly byte[] settings;

    private Terminal(byte[] settings) => this.settings = settings;

    public static Terminal EnterRaw()
    {
        var settings = new byte[Room];
        if (tcgetattr(StandardInput, settings) != 0)
            throw new CliException(ExitCode.Failed, "The terminal's settings cannot be read.", "Use --no-tty.");
        var raw = (byte[])settings.Clone();
        cfmakeraw(raw);
        tcsetattr(StandardInput, AtOnce, raw);
        return new Terminal(settings);
    }

    /// <summary>What a program there must know of the terminal here.</summary>
    public static Dictionary<string, string> Environment(Surroundings around) =>
        new()
        {
            ["TERM"] = around.Variable("TERM") ?? "xterm",
            ["COLUMNS"] = Console.WindowWidth.ToString(CultureInfo.InvariantCulture),
            ["LINES"] = Console.WindowHeight.ToString(CultureInfo.InvariantCulture),
        };

    public void Dispose() => tcsetattr(StandardInput, AtOnce, settings);

    [DllImport("libc.so.6")]
    private static extern int tcgetattr(int file, [Out] byte[] settings);

    [DllImport("libc.so.6")]
    private static extern int tcsetattr(int file, int when, byte[] settings);

    [DllImport("libc.so.6")]
    private static extern void cfmakeraw([In, Out] byte[] settings);
}
