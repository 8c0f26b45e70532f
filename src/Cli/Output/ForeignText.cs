using System.Text;

namespace NeetoDeploy.Cli.Output;

/// <summary>
/// Text that an app wrote. On a terminal its colours pass (SGR sequences: ECMA-48, 8.3.117); every other control sequence could
/// move the cursor, set the clipboard or answer for the user, and loses its escape character.
/// </summary>
internal static class ForeignText
{
    private const char Escape = '\e';

    public static string Clean(string text, bool keepColours)
    {
        if (!text.Any(c => char.IsControl(c)))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var length = text[i] == Escape ? ColourLength(text.AsSpan(i)) : 0;
            if (length > 0)
            {
                if (keepColours)
                    clean.Append(text, i, length);
                i += length - 1;
            }
            else if (!char.IsControl(text[i]) || text[i] is '\n' or '\t')
            {
                clean.Append(text[i]);
            }
        }
        return clean.ToString();
    }

    /// <summary>Length of the SGR sequence at the start; 0 when there is none.</summary>
    private static int ColourLength(ReadOnlySpan<char> text)
    {
        if (text is not [Escape, '[', ..])
            return 0;
        for (var i = 2; i < text.Length; i++)
        {
            if (text[i] == 'm')
                return i + 1;
            if (text[i] is not (>= '0' and <= '9') and not ';')
                return 0;
        }
        return 0;
    }
}
