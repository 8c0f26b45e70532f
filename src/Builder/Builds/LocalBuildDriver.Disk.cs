using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>A build never takes the last of the disk that the installation keeps its state on.</summary>
public sealed partial class LocalBuildDriver
{
    private const string DiskFull = "the builder's disk ran full: free some space, and build again";

    /// <summary>Null when there is room for a build.</summary>
    private BuildOutcome.Failed? Refusal(AppFolder folder) =>
        Free(folder) is var free && free >= options.LeastFreeBytes
            ? null
            : new(
                new BuildFailure(
                    BuildPhase.Prepare,
                    0,
                    $"the builder's disk is nearly full: {free >> 20} MB are free and a build needs {options.LeastFreeBytes >> 20} MB. Free some space, and build again"
                )
            );

    /// <summary>A failure that has filled the disk says so, once there is room for saying it.</summary>
    private BuildOutcome.Failed MakeRoom(BuildOutcome.Failed failed, AppFolder folder)
    {
        if (failed.Failure.Phase == BuildPhase.Prepare || Free(folder) >= options.LeastFreeBytes)
            return failed;
        folder.GiveBack();
        return new(failed.Failure with { Message = $"{failed.Failure.Message}; {DiskFull}" });
    }

    private static long Free(AppFolder folder) => new DriveInfo(folder.Root).AvailableFreeSpace;
}
