using System.Text;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>A piece of a line in one colour.</summary>
/// <param name="Classes">CSS classes from a fixed set, such as <c>ansi-1 ansi-bold</c>; empty for the usual colour.</param>
public readonly record struct AnsiSpan(string Text, string Classes);

/// <summary>
/// What a terminal would show of a line: colours and weights of ECMA-48's SGR sequences, the 16 that have names. Every other sequence and control character is
/// left out: a line can change nothing but its own look.
/// </summary>
public static class AnsiText
{
    private const char Escape = '\u001b';

    /// <summary>The line without any of that: what people read of it.</summary>
    public static string Plain(string line)
    {
        if (IsPlain(line))
            return line;
        var plain = line.Length <= 512 ? stackalloc char[512] : new char[line.Length];
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == Escape)
                i = EndOf(line, i);
            else if (line[i] == '\t' || !char.IsControl(line[i]))
                plain[length++] = line[i];
        }
        return plain[..length].ToString();
    }

    public static IReadOnlyList<AnsiSpan> Parse(string line)
    {
        if (IsPlain(line))
            return [new AnsiSpan(line, "")];
        var (spans, text, style) = (new List<AnsiSpan>(), new StringBuilder(), new Style());
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == Escape)
            {
                var end = EndOf(line, i);
                if (line[end] == 'm' && line[i + 1] == '[')
                {
                    Flush();
                    style.Apply(line[(i + 2)..end]);
                }
                i = end;
            }
            else if (line[i] == '\t' || !char.IsControl(line[i]))
            {
                text.Append(line[i]);
            }
        }
        Flush();
        return spans;

        void Flush()
        {
            if (text.Length > 0)
                spans.Add(new AnsiSpan(text.ToString(), style.Classes));
            text.Clear();
        }
    }

    private static bool IsPlain(string line) =>
        !line.AsSpan().ContainsAnyInRange('\0', '\u001f') && !line.AsSpan().ContainsAnyInRange('\u007f', '\u009f');

    /// <summary>Index of the last character of the sequence that begins at <paramref name="start"/>.</summary>
    private static int EndOf(string line, int start)
    {
        var i = start + 1;
        if (i >= line.Length)
            return start;
        if (line[i] == ']')
        {
            // A title or a link: up to BEL, or to ESC \.
            while (i + 1 < line.Length && line[i] != '\a' && !(line[i - 1] == Escape && line[i] == '\\'))
                i++;
            return i;
        }
        if (line[i] != '[')
            return i;
        for (i++; i < line.Length; i++)
        {
            if (line[i] is >= '@' and <= '~')
                return i;
        }
        return line.Length - 1;
    }

    private struct Style
    {
        private int? colour;
        private bool isBold;
        private bool isDim;

        public readonly string Classes =>
            string.Join(
                ' ',
                new[] { colour is { } number ? $"ansi-{number}" : "", isBold ? "ansi-bold" : "", isDim ? "ansi-dim" : "" }.Where(name =>
                    name.Length > 0
                )
            );

        public void Apply(string parameters)
        {
            var codes = parameters.Split(';');
            for (var i = 0; i < codes.Length; i++)
            {
                switch (
                    int.TryParse(codes[i], out var code) ? code
                    : codes[i].Length == 0 ? 0
                    : -1
                )
                {
                    case 0:
                        this = default;
                        break;
                    case 1:
                        isBold = true;
                        break;
                    case 2:
                        isDim = true;
                        break;
                    case 22:
                        (isBold, isDim) = (false, false);
                        break;
                    case >= 30 and <= 37:
                        colour = code - 30;
                        break;
                    case >= 90 and <= 97:
                        colour = code - 90 + 8;
                        break;
                    case 39:
                        colour = null;
                        break;
                    case 38 or 48:
                        // One of 256, or red, green and blue: not shown.
                        i += i + 1 < codes.Length && codes[i + 1] == "2" ? 4 : 2;
                        break;
                }
            }
        }
    }
}
