using NeetoDeploy.Core.Routing;

namespace NeetoDeploy.Router.Routing;

/// <summary>
/// The living side of a target: its connections, and how many requests are in flight to it. It is retired when the table no longer holds its
/// endpoint; then nobody enters any more, and with the last request its connections are closed.
/// </summary>
internal sealed class Upstream(RouteTarget target, Func<HttpMessageHandler> connect, Action<Upstream> becameIdle)
{
    private const int Retired = 1 << 30;

    private readonly Lazy<HttpMessageInvoker> invoker = new(() => new HttpMessageInvoker(connect()));
    private int load;
    private int closed;
    private long avoidUntil;

    public string Endpoint { get; } = target.Endpoint;

    /// <summary>What a URI to the target begins with, without a slash at its end.</summary>
    public string Prefix { get; } =
        target.Address.Contains(':') ? $"http://[{target.Address}]:{target.Port}" : $"http://{target.Address}:{target.Port}";

    /// <summary>The target's connections. Only for those who entered.</summary>
    public HttpMessageInvoker Connections => invoker.Value;

    public int InFlight => Volatile.Read(ref load) & ~Retired;

    /// <summary>Counts a request in; false when the target was retired meanwhile, and the table has to be asked again.</summary>
    public bool TryEnter()
    {
        if ((Interlocked.Increment(ref load) & Retired) == 0)
            return true;
        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref load) == Retired)
            Close();
    }

    public void Retire()
    {
        if (Interlocked.Or(ref load, Retired) == 0)
            Close();
    }

    /// <summary>A target that refused a connection would look the least loaded of all; it is passed over until the time stamp.</summary>
    public void Avoid(long until) => Volatile.Write(ref avoidUntil, until);

    public bool IsAvoided(long now) => Volatile.Read(ref avoidUntil) > now;

    private void Close()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0)
            return;
        if (invoker.IsValueCreated)
            invoker.Value.Dispose();
        becameIdle(this);
    }
}
