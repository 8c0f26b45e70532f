using System.CommandLine;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary><c>builds:sbom</c></summary>
internal sealed class SbomCommand : AppCommand
{
    private readonly Argument<string?> id = new("id")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The build; without it the newest.",
    };

    private readonly Option<string?> name = new("--name") { Description = "Print this one, as its buildpack wrote it." };

    public SbomCommand()
        : base("builds:sbom", "Lists the bills of materials of a build's image, or prints one.")
    {
        Add(id);
        Options.Add(name);
    }

    protected override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var build = await BuildChoice.FindAsync(call, app, call.Get(id), cancel);
        var path = app.To($"/builds/{build.Id}/sboms");
        if (call.Get(name) is { } wanted)
            return await PrintAsync(call, $"{path}/{string.Join('/', wanted.Split('/').Select(Uri.EscapeDataString))}", cancel);
        var sboms = await call.Api.GetAsync(path, ApiJson.Default.SbomResourceArray, cancel);
        return call.Show(
            sboms,
            ApiJson.Default.SbomResourceArray,
            () =>
                call.Screen.Table(
                    ["NAME", "FORMAT", "SIZE"],
                    [.. sboms.Select(sbom => new[] { sbom.Name, sbom.Format, ByteSize.Of(sbom.Size) })]
                )
        );
    }

    /// <summary>A buildpack wrote it: a program gets it as it is, and a terminal no control sequence of it.</summary>
    private static async Task<int> PrintAsync(Invocation call, string path, CancellationToken cancel)
    {
        var content = await call.Api.GetTextAsync(path, cancel);
        call.Screen.Output.Write(call.Screen.IsTerminal ? ForeignText.Clean(content, keepColours: false) : content);
        return ExitCode.Ok;
    }
}
