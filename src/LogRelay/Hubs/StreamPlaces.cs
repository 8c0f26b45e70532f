using Microsoft.AspNetCore.SignalR;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.LogRelay.Hubs;

/// <summary>How many logs one connection follows at the same time.</summary>
internal sealed class StreamPlaces
{
    public const int Most = 100;

    private int taken;

    /// <summary>A place, until it is disposed.</summary>
    /// <exception cref="HubException">All are taken.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref taken) <= Most)
            return new Place(this);
        Interlocked.Decrement(ref taken);
        throw new HubException(
            $"{ErrorCodes.LogTooManyStreams}: This connection follows {Most} logs already. End some, or open another connection."
        );
    }

    private sealed class Place(StreamPlaces places) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref places.taken);
    }
}
