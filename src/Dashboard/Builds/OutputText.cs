using System.Text;

namespace NeetoDeploy.Dashboard.Builds;

/// <summary>Bytes of an output stream as lines. A character that is cut between two chunks is put together; of very long outputs the newest lines are kept.</summary>
public sealed class OutputText
{
    public const int MostLines = 20_000;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly List<OutputLine> lines = [];
    private readonly StringBuilder rest = new();
    private bool isOpen;

    public IReadOnlyList<OutputLine> Lines => lines;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var text = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = decoder.GetChars(bytes, text, flush: false);
        rest.Append(text, 0, count);
        if (isOpen)
            lines.RemoveAt(lines.Count - 1);
        var parts = rest.ToString().Split('\n');
        foreach (var part in parts[..^1])
            lines.Add(new OutputLine(part.TrimEnd('\r')));
        rest.Clear().Append(parts[^1]);
        // What has no end yet is shown as well.
        isOpen = rest.Length > 0;
        if (isOpen)
            lines.Add(new OutputLine(parts[^1]));
        if (lines.Count > MostLines)
            lines.RemoveRange(0, lines.Count - MostLines);
    }
}

/// <summary>A line, which is itself and no other of the same text.</summary>
public sealed class OutputLine(string text)
{
    public string Text => text;
}
