namespace NeetoDeploy.Dashboard.Live;

/// <summary>Whether grains answer. To pages of the silo's own process they do for as long as there is a page at all; a host of its own is told by its connections.</summary>
public sealed class ControlPlane
{
    private volatile bool isAway;

    /// <summary>Tells that <see cref="IsAway"/> has changed, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Whether nobody answers at present. It passes.</summary>
    public bool IsAway => isAway;

    /// <summary>Says how it is from now on.</summary>
    public void Report(bool away)
    {
        if (isAway == away)
            return;
        isAway = away;
        Changed?.Invoke();
    }
}
