using System.CommandLine;
using System.Globalization;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Api.Contracts.Releases;

namespace NeetoDeploy.Cli.Commands.Releases;

/// <summary><c>rollback</c></summary>
internal sealed class RollbackCommand : AppCommand
{
    private readonly Argument<string?> version = new("version")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "v12; without it the one before the current.",
    };

    public RollbackCommand()
        : base("rollback", "Makes a release with the image and config vars of an earlier one.")
    {
        Add(version);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var target = call.Get(version)?.TrimStart('v') ?? await PreviousAsync(call, app, cancel);
        var earlier = await call.Api.GetAsync(app.To($"/releases/{Uri.EscapeDataString(target)}"), ApiJson.Default.ReleaseResource, cancel);
        var release = await call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/releases"),
            new CreateReleaseRequest(earlier.Id.ToString()),
            ApiJson.Default.CreateReleaseRequest,
            ApiJson.Default.ReleaseResource,
            cancel
        );
        return call.Show(
            release,
            ApiJson.Default.ReleaseResource,
            () =>
            {
                call.Screen.Line($"{app.Name} rolls back to v{earlier.Version} as v{release.Version}.");
                call.Screen.Note($"To undo it: neeto rollback -a {app.Name} v{release.Version - 1}");
            }
        );
    }

    private static async Task<string> PreviousAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var releases = await call.Api.ListNewestAsync(app.To("/releases"), "version", 50, ApiJson.Default.ReleaseResourceArray, cancel);
        var previous =
            releases.Where(release => release.EligibleForRollback).Skip(1).FirstOrDefault()
            ?? throw new CliException(
                ExitCode.Failed,
                $"{app.Name} has no earlier release to roll back to.",
                $"'neeto releases -a {app.Name}' lists them."
            );
        return previous.Version.ToString(CultureInfo.InvariantCulture);
    }
}
