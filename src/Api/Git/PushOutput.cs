using System.Text;

namespace NeetoDeploy.Api.Git;

/// <summary>What the person who pushes reads. When nobody reads any more, writing does nothing: the build goes on.</summary>
internal sealed class PushOutput(HttpResponse response)
{
    public Task LineAsync(string line) => WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (response.HttpContext.RequestAborted.IsCancellationRequested)
            return;
        try
        {
            await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
            await response.Body.FlushAsync(response.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The hook has gone.
        }
    }
}
