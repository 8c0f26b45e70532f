using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Builder.Builds;

public sealed partial class LocalBuildDriver
{
    public async Task<ImageRef> RebaseAsync(ImageRef image, string stack, bool force, CancellationToken cancel)
    {
        var run = FindStack(stack).RunImage;
        try
        {
            return await new ImageRebaser(tools.Images).RebaseAsync(image, run, force, cancel);
        }
        catch (BuildFailedException refused)
        {
            throw new DriverException(
                DriverErrorKind.Invalid,
                "image.not_rebasable",
                $"{refused.Failure.Message} (exit code {refused.Failure.ExitCode})",
                refused
            );
        }
    }
}
