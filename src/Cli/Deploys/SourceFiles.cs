using System.IO.Enumeration;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Deploys;

/// <summary>Which files of a folder are the app's source.</summary>
internal static class SourceFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>
    /// Paths from the folder, in ordinal order. What git would take: tracked files and untracked ones that are not ignored. Without git everything but
    /// <c>node_modules</c>.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ListAsync(string folder, GitCheckout git, CancellationToken cancel)
    {
        var listed = await git.TryRunAsync(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], cancel);
        var names = listed?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? (IEnumerable<string>)Walk(folder);
        // A tracked file may have been deleted; a submodule is a folder.
        return
        [
            .. names
                .Where(name => new FileInfo(Path.Combine(folder, name)) is var info && (info.Exists || info.LinkTarget is not null))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Links are listed and never followed: one may lead back to where it is.</summary>
    private static FileSystemEnumerable<string> Walk(string folder) =>
        new(folder, (ref FileSystemEntry entry) => Path.GetRelativePath(folder, entry.ToFullPath()), Everything)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !IsLink(ref entry) && entry.FileName is not "node_modules" and not ".git",
        };

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
}
