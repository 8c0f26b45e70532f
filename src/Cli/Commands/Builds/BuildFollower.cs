using System.Text;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary>Shows a build's output while it grows, and how the build has ended.</summary>
internal sealed class BuildFollower(Invocation call)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Exit code 0 for a build that succeeded, 1 for one that failed.</summary>
    public async Task<int> FollowAsync(AppPath app, BuildResource build, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var decoder = Encoding.UTF8.GetDecoder();
        await new OutputStream(client, new Uri(build.OutputStreamUrl), TimeProvider.System).CopyAsync(bytes => WriteAsync(decoder, bytes), cancel);
        while (build.Status == "pending")
        {
            await Task.Delay(Pause, TimeProvider.System, cancel);
            build = await call.Api.GetAsync(app.To($"/builds/{build.Id}"), ApiJson.Default.BuildResource, cancel);
        }
        if (call.Json)
            call.Screen.Json(build, ApiJson.Default.BuildResource);
        return build.Status == "succeeded" ? ExitCode.Ok : ExitCode.Failed;
    }

    /// <summary>With <c>--json</c> standard output is the result's, so people's lines go to standard error.</summary>
    private async ValueTask WriteAsync(Decoder decoder, ReadOnlyMemory<byte> bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = decoder.GetChars(bytes.Span, characters, flush: false);
        var text = ForeignText.Clean(new string(characters, 0, count), call.Screen.IsTerminal);
        var writer = call.Json ? Console.Error : call.Screen.Output;
        await writer.WriteAsync(text);
        await writer.FlushAsync();
    }
}
