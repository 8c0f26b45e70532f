using System.CommandLine;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Commands.Builds;
using NeetoDeploy.Cli.Deploys;

namespace NeetoDeploy.Cli.Commands.Apps;

/// <summary><c>deploy</c>: uploads a folder and builds it.</summary>
internal sealed class DeployCommand : AppCommand
{
    private readonly Argument<string> folder = new("folder") { DefaultValueFactory = _ => ".", Description = "The app's folder." };

    public DeployCommand()
        : base("deploy", "Uploads a folder, builds it and releases it.") => Add(folder);

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        using var archive = await call.Screen.WorkAsync("Packing", () => SourceArchive.PackAsync(Path.GetFullPath(call.Get(folder)!), cancel));
        var source = await call.Api.SendAsync(HttpMethod.Post, "/sources", ApiJson.Default.SourceResource, cancel);
        await call.Screen.WorkAsync($"Uploading {archive.Bytes / 1_000_000.0:0.0} MB", async () =>
        {
            await archive.UploadAsync(new Uri(source.SourceBlob.PutUrl), cancel);
            return true;
        });
        var build = await call.Api.SendAsync(
            HttpMethod.Post,
            app.To("/builds"),
            new CreateBuildRequest(new CreateBuildRequest.Blob(source.SourceBlob.GetUrl, archive.Version, archive.Checksum)),
            ApiJson.Default.CreateBuildRequest,
            ApiJson.Default.BuildResource,
            cancel);
        return await new BuildFollower(call).FollowAsync(app, build, cancel);
    }
}
