using System.CommandLine;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>rebase</c>: the newest release's image on the newest run image, without a build.</summary>
internal sealed class RebaseCommand : AppCommand
{
    private readonly Option<bool> force = new("--force")
    {
        Description = "Also when the image says that it must not be rebased, or was built on another system.",
    };

    public RebaseCommand()
        : base("rebase", "Puts the app on the newest run image of its stack, without building it, and releases it.")
    {
        Add(force);
    }

    protected override Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel) =>
        new Launch(call, app).RunAsync(new CreateBuildRequest.Blob(RebaseSource.Write(call.Get(force)), null, null), cancel);
}
