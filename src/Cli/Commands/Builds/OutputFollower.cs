using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary>Shows the output of a build or of a release phase while it grows.</summary>
internal sealed class OutputFollower(Invocation call)
{
    /// <summary>With <c>--json</c> standard output is the result's, so people's lines go to standard error.</summary>
    private readonly TextWriter writer = call.Json ? call.Screen.Error : call.Screen.Output;

    private readonly ForeignBytes text = new(call.Json ? call.Screen.HasErrorColours : call.Screen.HasColours);

    public async Task FollowAsync(string url, CancellationToken cancel)
    {
        await new OutputStream(call.Streams, new Uri(url), call.Around.Time).CopyAsync(bytes => ShowAsync(text.Take(bytes.Span)), cancel);
        await ShowAsync(text.Drain());
    }

    private async ValueTask ShowAsync(string piece)
    {
        await writer.WriteAsync(piece);
        await writer.FlushAsync();
    }
}
