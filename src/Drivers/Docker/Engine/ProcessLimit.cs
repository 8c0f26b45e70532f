using System.Globalization;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>
/// A control group of a build of its own below that of all builds, with a limit of processes (<c>pids.max</c> in cgroups(7), either version): the engine's API has none
/// for a Dockerfile's steps. Without the right to make one, or where systemd makes them, there is no such limit.
/// </summary>
internal sealed class ProcessLimit : IAsyncDisposable
{
    private const string Mount = "/sys/fs/cgroup";
    private const string Controller = "pids";
    private const string Limit = "pids.max";

    private const int MostTurns = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string root;

    private ProcessLimit(string root, string group) => (this.root, Group) = (root, group);

    /// <summary>The group, as the engine wants to have it named.</summary>
    public string Group { get; }

    // Version 1 has a tree for each controller.
    private static string TreeIn(string root) => Path.Combine(root, Controller) is var own && Directory.Exists(own) ? own : root;

    /// <summary>Makes a group; null where that cannot be.</summary>
    /// <param name="parent">The group of all builds as the engine wants to have it named.</param>
    /// <param name="processes">Processes and threads together.</param>
    /// <param name="root">Where control groups are mounted.</param>
    public static ProcessLimit? TryCreate(string? parent, int processes, string root = Mount)
    {
        // A slice is systemd's to make.
        if (parent?.StartsWith('/') != true || !Directory.Exists(root))
            return null;
        var (tree, limit) = (TreeIn(root), new ProcessLimit(root, $"{parent}/{Guid.NewGuid():N}"));
        try
        {
            Directory.CreateDirectory(tree + parent);
            foreach (var above in tree == root ? new[] { tree, tree + parent } : [])
                File.WriteAllText(Path.Combine(above, "cgroup.subtree_control"), $"+{Controller}");
            Directory.CreateDirectory(tree + limit.Group);
            File.WriteAllText(Path.Combine(tree + limit.Group, Limit), processes.ToString(CultureInfo.InvariantCulture));
            return limit;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            limit.TryRemove();
            return null;
        }
    }

    /// <summary>Removes the group, from the trees too where the engine has made it. What was cancelled may still be ending in it.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var turn = 0; turn < MostTurns && !TryRemove(); turn++)
            await Task.Delay(Pause);
    }

    /// <summary>Whether it is gone. One that stays costs nothing.</summary>
    private bool TryRemove()
    {
        var isGone = true;
        foreach (var folder in Directory.GetDirectories(root).Append(root).Select(tree => tree + Group).Where(Directory.Exists))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                isGone = false;
            }
        }
        return isGone;
    }
}
