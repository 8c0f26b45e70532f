using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Slugs;

/// <summary>Waits for a build by following its output, which is complete when the build has ended.</summary>
internal sealed class BuildEnd(IGrainFactory grains, AppId app, BuildId build)
{
    /// <summary>How it ended; null when it is gone together with its app. Only the platform may read outputs.</summary>
    public async Task<BuildView?> WaitAsync(CancellationToken cancel)
    {
        CallContext.Act(Actor.Platform);
        var output = grains.Output(new OutputId(build.Value));
        for (var offset = 0L; ; )
        {
            var chunk = await output.ReadAsync(offset);
            if (chunk.IsEnd)
                return await grains.Build(app, build).GetAsync();
            offset += chunk.Bytes.Length;
            cancel.ThrowIfCancellationRequested();
        }
    }
}
