using System.Globalization;
using System.Text;

namespace NeetoDeploy.Builder.Sources;

/// <summary>What a git server says that it has (gitprotocol-http, "Discovering References": pkt-lines of a commit and a name).</summary>
internal sealed class GitReferences
{
    private const int LongestLine = 65_520;
    private const int Most = 500_000;

    private readonly Dictionary<string, string> commits = new(StringComparer.Ordinal);

    /// <summary>The commit that a branch or a tag stands for, or the default branch for null; null when there is none of that name.</summary>
    public string? Find(string? name) =>
        (name is null ? ["HEAD"] : (string[])[$"refs/heads/{name}", $"refs/tags/{name}^{{}}", $"refs/tags/{name}", name])
            .Select(candidate => commits.GetValueOrDefault(candidate))
            .FirstOrDefault(commit => commit is not null);

    public static bool IsCommit(string? name) => name is { Length: 40 or 64 } && name.All(char.IsAsciiHexDigitLower);

    /// <exception cref="SourceException">It is no such answer.</exception>
    public static async Task<GitReferences> ReadAsync(Stream answer, CancellationToken cancel)
    {
        var references = new GitReferences();
        var buffer = new byte[LongestLine];
        try
        {
            // The first flush ends the name of the service, the second one the list.
            for (var flushes = 0; flushes < 2 && references.commits.Count < Most; )
            {
                await answer.ReadExactlyAsync(buffer.AsMemory(0, 4), cancel);
                var length = int.Parse(buffer.AsSpan(0, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                if (length < 4)
                    flushes++;
                else
                    references.Add(await LineAsync(answer, buffer, length - 4, cancel));
            }
            return references;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new SourceException("its server does not answer as a git server does", e);
        }
    }

    private static async Task<string> LineAsync(Stream answer, byte[] buffer, int length, CancellationToken cancel)
    {
        await answer.ReadExactlyAsync(buffer.AsMemory(0, length), cancel);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private void Add(string line)
    {
        // What the server can do follows the first name, after a zero.
        if (line.Split('\0')[0].TrimEnd('\n').Split(' ', 2) is [var commit, var name] && IsCommit(commit))
            commits[name] = commit;
    }
}
