namespace NeetoDeploy.Api.Internal;

/// <summary>How many requests routers have reported to this host since it started: a router writes a line for each.</summary>
public sealed class RoutedRequests
{
    private long count;

    public long Count => Interlocked.Read(ref count);

    public void Add(int requests) => Interlocked.Add(ref count, requests);
}
