namespace NeetoDeploy.Grains.Dynos;

/// <summary>Finds out whether a dyno accepts connections.</summary>
public interface IDynoProbe
{
    /// <summary>Completes as soon as something accepts connections there; it goes on trying until cancelled.</summary>
    Task WaitUntilListeningAsync(string address, int port, CancellationToken cancel);
}
