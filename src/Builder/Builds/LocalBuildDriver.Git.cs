using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>A build from a git repository is a build of one commit: whatever is said of it names that one.</summary>
public sealed partial class LocalBuildDriver
{
    private Func<CancellationToken, Task<BuildOutcome>> AttemptOn(
        BuildJob job,
        AppFolder folder,
        StackImages stack,
        BuildTranscript transcript
    ) =>
        GitSource.Is(job.Source.Url)
            ? cancel => RunPinnedAsync(job, folder, stack, transcript, cancel)
            : AttemptAt(job, folder, stack, transcript);

    private async Task<BuildOutcome> RunPinnedAsync(
        BuildJob job,
        AppFolder folder,
        StackImages stack,
        BuildTranscript transcript,
        CancellationToken cancel
    )
    {
        var source = await git.PinAsync(job.Source, cancel);
        await transcript.LineAsync($"-----> Fetching {SourcePath.Show(job.Source.Url)} at commit {source.Version![..8]}");
        var outcome = await AttemptAt(job with { Source = source }, folder, stack, transcript)(cancel);
        return outcome is BuildOutcome.Succeeded built
            ? new BuildOutcome.Succeeded(built.Artifact with { Commit = source.Version })
            : outcome;
    }
}
