namespace NeetoDeploy.Core.Logs;

/// <summary>The newest lines that collectors brought, by their ids. It outlasts <see cref="LogRing"/>: a batch may be brought again when its lines have left the ring.</summary>
public sealed class SeenLines
{
    /// <summary>Half a minute of an app that writes as much as it may (<see cref="LogThrottle.Rate"/>).</summary>
    public const int Most = 65_536;

    private readonly HashSet<CollectedLineId> ids = [];
    private readonly Queue<CollectedLineId> order = new();

    /// <summary>Remembers a line; false when it is known already.</summary>
    public bool Add(CollectedLineId id)
    {
        if (!ids.Add(id))
            return false;
        order.Enqueue(id);
        if (order.Count > Most)
            ids.Remove(order.Dequeue());
        return true;
    }
}
