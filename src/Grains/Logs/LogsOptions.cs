namespace NeetoDeploy.Grains.Logs;

/// <summary>What an installation says about the logs of every app.</summary>
public sealed class LogsOptions
{
    /// <summary>
    /// What a dyno writes is stored at once after a silence, and otherwise in batches this far apart: what storing costs goes by batches and not by lines. Whoever
    /// follows sees a line that much later.
    /// </summary>
    public TimeSpan Gathering { get; set; } = TimeSpan.FromMilliseconds(50);
}
