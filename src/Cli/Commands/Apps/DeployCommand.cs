using System.CommandLine;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Commands.Builds;
using NeetoDeploy.Cli.Commands.Releases;
using NeetoDeploy.Cli.Deploys;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>deploy</c>: uploads a folder and builds it, or releases an image that exists.</summary>
internal sealed class DeployCommand : AppCommand
{
    private readonly Argument<string> folder = new("folder") { DefaultValueFactory = _ => ".", Description = "The app's folder." };

    private readonly Option<string?> image = new("--image")
    {
        Description =
            "Release this image for the web process instead: a name that the server's engine has or can pull, or an id (sha256:…).",
    };

    public DeployCommand()
        : base("deploy", "Uploads a folder, builds it and releases it.")
    {
        Add(folder);
        Add(image);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var source = call.Get(image) is { } reference
            ? new CreateBuildRequest.Blob(ImageSource.Write([KeyValuePair.Create("web", reference)]), null, null)
            : await UploadAsync(call, cancel);
        var build = await call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/builds"),
            new CreateBuildRequest(source),
            ApiJson.Default.CreateBuildRequest,
            ApiJson.Default.BuildResource,
            cancel
        );
        build = await new BuildFollower(call).FollowAsync(app, build, cancel);
        if (build.Status == "succeeded")
            return await LaunchAsync(call, app, build, cancel);
        call.Show(build, ApiJson.Default.BuildResource, () => { });
        throw new CliException(
            ExitCode.Failed,
            $"The build of {app.Name} failed; what ran before goes on running.",
            $"Its output again: neeto builds:output -a {app.Name} {build.Id}"
        );
    }

    private async Task<CreateBuildRequest.Blob> UploadAsync(Invocation call, CancellationToken cancel)
    {
        using var archive = await call.Screen.WorkAsync(
            "Packing",
            () => SourceArchive.PackAsync(Path.GetFullPath(call.Get(folder)!, call.Around.Folder), cancel)
        );
        var source = await call.Api.SendAsync(HttpMethod.Post, "/sources", ApiJson.Default.SourceResource, cancel);
        await call.Screen.WorkAsync(
            $"Uploading {archive.Bytes / 1_000_000.0:0.0} MB",
            async () =>
            {
                await archive.UploadAsync(call.Streams, new Uri(source.SourceBlob.PutUrl), cancel);
                return true;
            }
        );
        return new CreateBuildRequest.Blob(source.SourceBlob.GetUrl, archive.Version, archive.Checksum);
    }

    private static async Task<int> LaunchAsync(Invocation call, AppPath app, BuildResource build, CancellationToken cancel)
    {
        var release = await new ReleaseFollower(call).FollowAsync(app, build.Release!.Id, cancel);
        if (release.Status == "failed")
        {
            call.Show(build, ApiJson.Default.BuildResource, () => { });
            throw new CliException(
                ExitCode.Failed,
                $"Release v{release.Version} of {app.Name} failed in its release phase; the release before it goes on running."
            );
        }
        var deployed = await call.Api.GetAsync(app.ToString(), ApiJson.Default.AppResource, cancel);
        return call.Show(build, ApiJson.Default.BuildResource, () => call.Screen.Line($"Released v{release.Version}: {deployed.WebUrl}"));
    }
}
