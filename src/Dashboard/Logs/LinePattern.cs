using System.Text.RegularExpressions;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>
/// What a line must hold: a text, in capitals or not, or an expression between slashes: <c>/GET .* 50\d/</c>, with <c>i</c> behind it whatever the case. Expressions
/// are matched in a time that grows with the line and not with the expression's cunning.
/// </summary>
public sealed class LinePattern
{
    public const int Longest = 500;
    private static readonly TimeSpan OneLine = TimeSpan.FromSeconds(1);

    private readonly string text;
    private readonly Regex? expression;

    private LinePattern(string text)
    {
        this.text = text;
        var isCaseless = text.EndsWith("/i", StringComparison.Ordinal);
        var end = text.Length - (isCaseless ? 2 : 1);
        if (text.Length > Longest)
            Mistake = $"A filter has at most {Longest} characters.";
        else if (text[0] == '/' && end > 1 && text[end] == '/')
            expression = Read(text[1..end], isCaseless ? RegexOptions.IgnoreCase : RegexOptions.None);
    }

    /// <summary>Why nothing can be matched with it, for people; then everything matches.</summary>
    public string? Mistake { get; private set; }

    public bool IsExpression => expression is not null;

    /// <summary>Null when nothing was written.</summary>
    public static LinePattern? Of(string? text) => string.IsNullOrWhiteSpace(text) ? null : new LinePattern(text.Trim());

    /// <param name="line">As it was written: escape sequences do not count.</param>
    public bool IsMatch(string line)
    {
        if (Mistake is not null)
            return true;
        var plain = AnsiText.Plain(line);
        if (expression is null)
            return plain.Contains(text, StringComparison.OrdinalIgnoreCase);
        try
        {
            return expression.IsMatch(plain);
        }
        catch (RegexMatchTimeoutException)
        {
            GiveUp();
            return true;
        }
    }

    /// <summary>Matching has taken too long.</summary>
    public void GiveUp() => Mistake = $"{text} takes too long on these lines. A simpler expression will do.";

    private Regex? Read(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, OneLine);
        }
        catch (RegexParseException e)
        {
            Mistake = $"This is no expression: {e.Message}";
        }
        catch (NotSupportedException)
        {
            Mistake = "An expression cannot look ahead or behind, refer back, or count beyond reason: each line is read once.";
        }
        return null;
    }
}
