namespace NeetoDeploy.Grains.Reconciling;

/// <summary>How long to wait after failures in a row: a quarter of a second, doubled each time, at most 30 s.</summary>
public static class FailurePauses
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="failures">Failures in a row, from 1.</param>
    public static TimeSpan After(int failures)
    {
        var pause = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(failures, 10) - 1));
        return pause < Longest ? pause : Longest;
    }
}
