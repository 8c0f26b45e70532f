using Orleans.Runtime;

namespace NeetoDeploy.Grains.Interfaces;

/// <summary>Tells when the control plane is away or cannot store, which passes, from everything else that can go wrong.</summary>
public static class Outage
{
    /// <summary>Whether a question failed because nobody answered it, or because storage did not.</summary>
    public static bool Is(Exception e) => e is OrleansException or TimeoutException;
}
