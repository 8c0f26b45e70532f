using System.Globalization;
using System.Text;

namespace NeetoDeploy.Cli.Commands.Runs;

/// <summary>
/// The rendezvous protocol carries bytes only, so the exit status travels in them, as with the official CLI: after the command, one line
/// that begins with U+FFFF. What looks like the beginning of it is held back until it is known to be something else.
/// </summary>
internal sealed class ExitMarker
{
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes("\uFFFF heroku-command-exit-status: ");

    private readonly List<byte> held = [];

    /// <summary>The status that has been read; null before the marker.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The command in a shell of its own, which may end it: what follows tells how.</summary>
    public static string Wrap(string command) => $"( {command} ) ; echo \"\uFFFF heroku-command-exit-status: $?\"";

    /// <summary>Takes bytes of output and answers those to show.</summary>
    public byte[] Take(ReadOnlySpan<byte> bytes)
    {
        held.AddRange(bytes);
        var text = held.ToArray();
        var start = text.AsSpan().IndexOf(Mark);
        if (start < 0)
        {
            var keep = PossibleStart(text);
            held.RemoveRange(0, text.Length - keep);
            return text[..^keep];
        }
        var end = text.AsSpan(start).IndexOf((byte)'\n');
        if (end < 0)
        {
            held.RemoveRange(0, start);
            return text[..start];
        }
        ExitCode = Parse(text.AsSpan(start + Mark.Length, end - Mark.Length));
        held.RemoveRange(0, start + end + 1);
        return [.. text[..start], .. Drain()];
    }

    /// <summary>What is still held back when the output has ended.</summary>
    public byte[] Drain()
    {
        var rest = held.ToArray();
        held.Clear();
        return rest;
    }

    private static int? Parse(ReadOnlySpan<byte> digits) =>
        int.TryParse(Encoding.ASCII.GetString(digits).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;

    /// <summary>How many bytes at the end could be the marker's beginning.</summary>
    private static int PossibleStart(byte[] text)
    {
        for (var length = Math.Min(text.Length, Mark.Length - 1); length > 0; length--)
        {
            if (text.AsSpan(text.Length - length).SequenceEqual(Mark.AsSpan(0, length)))
                return length;
        }
        return 0;
    }
}
