using System.Globalization;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Networks;

/// <summary>An app's sandboxes as one look at the engine shows them.</summary>
internal sealed class SandboxSight
{
    private readonly List<Sandbox> sandboxes;
    private readonly HashSet<string> joined;

    private SandboxSight(List<Sandbox> sandboxes, HashSet<string> joined)
    {
        this.sandboxes = sandboxes;
        this.joined = joined;
    }

    public sealed record Sandbox(string Id, int Number, bool IsRunning);

    public bool HasDynos => joined.Count > 0;

    /// <summary>Those that no dyno has joined and that are not promised, running ones first.</summary>
    public IEnumerable<Sandbox> Free(IReadOnlySet<int> reserved) =>
        sandboxes
            .Where(sandbox => !joined.Contains(sandbox.Id) && !reserved.Contains(sandbox.Number))
            .OrderByDescending(sandbox => sandbox.IsRunning)
            .ThenBy(sandbox => sandbox.Number);

    /// <summary>The smallest number that names no sandbox yet.</summary>
    public int FirstUnused(IReadOnlySet<int> reserved)
    {
        var number = 1;
        while (reserved.Contains(number) || sandboxes.Exists(sandbox => sandbox.Number == number))
            number++;
        return number;
    }

    public static SandboxSight Of(IEnumerable<ContainerListResponse> containers)
    {
        var sandboxes = new List<Sandbox>();
        var joined = new HashSet<string>();
        foreach (var container in containers)
        {
            if (EngineNames.Read(container.Labels, EngineNames.Role) == EngineRoles.Network)
                sandboxes.Add(new Sandbox(container.ID, NumberOf(container), container.State == "running"));
            else if (SandboxContainer.JoinedBy(container.Labels, container.HostConfig?.NetworkMode) is { } id)
                joined.Add(id);
        }
        return new(sandboxes, joined);
    }

    private static int NumberOf(ContainerListResponse container)
    {
        var name = container.Names[0];
        return int.TryParse(name[(name.LastIndexOf('.') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
    }
}
