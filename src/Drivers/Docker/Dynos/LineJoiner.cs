using System.Text;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>Puts the pieces of one stream together to lines of at most 10 kB, as Heroku's log does; longer ones are split between characters.</summary>
internal sealed class LineJoiner
{
    public const int MaxLength = 10_000;

    private readonly List<byte> unfinished = [];

    /// <summary>The lines that this piece completes.</summary>
    public List<string> Add(ReadOnlySpan<byte> piece)
    {
        var lines = new List<string>();
        while (piece.Length > 0)
        {
            var newline = piece.IndexOf((byte)'\n');
            unfinished.AddRange(newline < 0 ? piece : piece[..newline]);
            piece = newline < 0 ? [] : piece[(newline + 1)..];
            while (unfinished.Count > MaxLength)
                lines.Add(Take(CharacterBoundary(MaxLength)));
            if (newline >= 0)
                lines.Add(Take(unfinished.Count).TrimEnd('\r'));
        }
        return lines;
    }

    /// <summary>What the stream ended with when it did not end in a newline.</summary>
    public string? Finish() => unfinished.Count > 0 ? Take(unfinished.Count) : null;

    private string Take(int count)
    {
        var text = Encoding.UTF8.GetString([.. unfinished.Take(count)]);
        unfinished.RemoveRange(0, count);
        return text;
    }

    // Bytes 10xxxxxx continue a character; no character is longer than four bytes.
    private int CharacterBoundary(int at)
    {
        var boundary = at;
        while (boundary > at - 4 && (unfinished[boundary] & 0xC0) == 0x80)
            boundary--;
        return boundary;
    }
}
