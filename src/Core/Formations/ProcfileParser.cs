using System.Collections.Immutable;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Formations;

/// <summary>
/// Reads a Procfile as Heroku documents it: <c>type: command</c> a line; blank lines and lines starting with <c>#</c> say nothing.
/// What Heroku skips silently (a line without a colon) is refused here, with its number, because a dropped process is found out too late.
/// </summary>
public static class ProcfileParser
{
    private const string ByteOrderMark = "\uFEFF";

    /// <summary>Reads the whole text.</summary>
    public static Result<Procfile> Parse(string text)
    {
        var entries = ImmutableArray.CreateBuilder<ProcfileEntry>();
        var number = 0;
        foreach (var raw in Body(text).Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            var entry = ParseLine(line, number);
            if (!entry.IsOk)
                return entry.Error;
            if (entries.FirstOrDefault(e => e.Type == entry.Value.Type) is { } earlier)
                return Refuse(number, $"process type '{earlier.Type}' is already declared on line {earlier.Line}");
            entries.Add(entry.Value);
        }
        return entries.Count == 0
            ? new Error(ErrorCodes.ProcfileInvalid, "Procfile declares no process type. Write lines such as 'web: node server.js'.")
            : new Procfile(entries.ToImmutable());
    }

    private static string Body(string text) => text.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? text[1..] : text;

    private static Result<ProcfileEntry> ParseLine(string line, int number)
    {
        if (line.Contains('\0'))
            return Refuse(number, "it contains a NUL character");
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return Refuse(number, $"'{Excerpt(line)}' has no colon. Write 'type: command'");
        var name = line[..colon].TrimEnd();
        if (!ProcessType.TryParse(name, null, out var type))
            return Refuse(number, $"'{Excerpt(name)}' is not a process type. Use letters, digits, '-' and '_'");
        var command = line[(colon + 1)..].TrimStart();
        return command.Length == 0 ? Refuse(number, $"process type '{type}' has no command") : new ProcfileEntry(type, command, number);
    }

    private static string Excerpt(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static Error Refuse(int line, string reason) => new(ErrorCodes.ProcfileInvalid, $"Procfile line {line}: {reason}.");
}
