using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Drivers.Fake.Builds;

/// <summary>What a fake builder does with a job. Throwing a <c>DriverException</c> is a lost builder.</summary>
public delegate Task<BuildOutcome> FakeBuildProgram(BuildJob job, IBuildOutput output, CancellationToken cancel);

/// <summary>Builds that tests commonly want.</summary>
public static class FakeBuildPrograms
{
    /// <summary>Fails in a phase.</summary>
    public static FakeBuildProgram Fail(BuildPhase phase, int exitCode, string message) =>
        (_, _, _) => Task.FromResult<BuildOutcome>(new BuildOutcome.Failed(new BuildFailure(phase, exitCode, message)));

    /// <summary>Runs until it is cancelled.</summary>
    public static readonly FakeBuildProgram Hang = async (_, _, cancel) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        throw new OperationCanceledException(cancel);
    };
}
