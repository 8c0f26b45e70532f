using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Ends an attempt from deep inside; it never leaves the builder.</summary>
internal sealed class BuildFailedException(BuildPhase phase, int exitCode, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public BuildFailure Failure => new(phase, exitCode, Message);
}
