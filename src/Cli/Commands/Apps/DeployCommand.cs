using System.CommandLine;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
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
        return await new Launch(call, app).RunAsync(source, cancel);
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
}
