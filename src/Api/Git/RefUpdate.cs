namespace NeetoDeploy.Api.Git;

/// <summary>One line of what git tells its pre-receive hook (githooks(5)): old object, new object, ref.</summary>
internal sealed record RefUpdate(string Old, string New, string Ref)
{
    private const string Nothing = "0000000000000000000000000000000000000000";

    /// <summary>Pushed to be deployed.</summary>
    public bool IsMain => Ref is "refs/heads/main" or "refs/heads/master";

    public bool IsDeletion => New == Nothing;

    public bool IsTag => Ref.StartsWith("refs/tags/", StringComparison.Ordinal);

    public static IReadOnlyList<RefUpdate> ParseAll(string lines) =>
        [
            .. from line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let parts = line.Split(' ', 3)
            where parts.Length == 3
            select new RefUpdate(parts[0], parts[1], parts[2]),
        ];
}
