namespace NeetoDeploy.Core.Builds;

/// <summary>At which stage a build failed, and why, for a person.</summary>
/// <param name="Phase">The guilty phase.</param>
/// <param name="ExitCode">The lifecycle's banded exit code (CNB platform specification: 20s detect, 30s analyze, 40s restore, 50s build, 60s export); 0 when none.</param>
/// <param name="Message">One line, such as <c>failed to compile Node.js app</c>.</param>
[GenerateSerializer, Immutable, Alias("neeto.BuildFailure")]
public sealed record BuildFailure([property: Id(0)] BuildPhase Phase, [property: Id(1)] int ExitCode, [property: Id(2)] string Message);
