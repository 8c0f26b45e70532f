using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>
/// Keeps the groups of builds and of background processes off the first processors (cpuset in cgroups(7), either version). A weight alone does not help
/// an app whose request arrives while the kernel works for a build: on every processor something else has to end first.
/// </summary>
/// <param name="root">Where control groups are mounted.</param>
internal sealed class ProcessorReserve(string root) : ISupportsReserve
{
    private const string Background = "neeto-background";
    private const string Processors = "cpuset.cpus";

    public ProcessorReserve()
        : this("/sys/fs/cgroup") { }

    // Version 1 has a tree for each controller.
    private string Tree => Directory.Exists(Path.Combine(root, "cpuset")) ? Path.Combine(root, "cpuset") : root;

    // With systemd a group is a slice, in that of the name's first part.
    private IEnumerable<string> Groups =>
        new[] { ControlGroups.Builds, $"neeto.slice/{ControlGroups.Builds}.slice", Background }
            .Select(group => Path.Combine(Tree, group))
            .Where(group => File.Exists(Path.Combine(group, Processors)));

    public void LeaveProcessorsToDynos(bool isNeeded)
    {
        if (!Directory.Exists(Tree) || All() is not { Count: > 1 } all)
            return;
        var left = ProcessorList.Format(isNeeded ? all.Skip(Math.Max(1, all.Count / 4)) : all);
        foreach (var group in Groups)
        {
            try
            {
                Confine(group, left, isNeeded);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // It is not root, or a container has come or gone meanwhile: the next call mends that.
            }
        }
    }

    private IReadOnlyList<int> All()
    {
        var file = Path.Combine(Tree, Tree == root ? Processors + ".effective" : Processors);
        return File.Exists(file) ? ProcessorList.Parse(File.ReadAllText(file)) : [];
    }

    private void Confine(string group, string processors, bool isLess)
    {
        // In version 1 a group cannot have less than those in it.
        var inner = Tree == root ? [] : Directory.GetDirectories(group);
        if (!isLess)
            Write(group, processors);
        foreach (var container in inner)
            Confine(container, processors, isLess);
        if (isLess)
            Write(group, processors);
    }

    private static void Write(string group, string processors)
    {
        var file = Path.Combine(group, Processors);
        if (ProcessorList.Format(ProcessorList.Parse(File.ReadAllText(file))) != processors)
            File.WriteAllText(file, processors);
    }
}
