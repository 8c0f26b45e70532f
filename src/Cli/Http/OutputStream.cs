using System.Net;

namespace NeetoDeploy.Cli.Http;

/// <summary>A build's or a release phase's output, followed from its beginning to its end.</summary>
internal sealed class OutputStream(HttpClient client, Uri url, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>So long may nothing come: a build waits for its turn, an installation restarts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private long offset;
    private long lastSign;

    /// <summary>Hands over bytes as they come. A broken connection goes on at the byte it broke at; 404 means not yet.</summary>
    public async Task CopyAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel)
    {
        lastSign = time.GetTimestamp();
        while (!await TryCopyAsync(write, cancel))
            await Task.Delay(Pause, time, cancel);
    }

    /// <summary>Whether the end was reached.</summary>
    private async Task<bool> TryCopyAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (offset > 0)
            request.Headers.TryAddWithoutValidation("Range", $"bytes={offset}-");
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                return true;
            if (answer.StatusCode is HttpStatusCode.NotFound or >= HttpStatusCode.InternalServerError && HasPatience)
                return false;
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            // A server that knows no ranges begins at the beginning.
            var skip = answer.StatusCode == HttpStatusCode.PartialContent ? 0 : offset;
            await CopyAsync(body, skip, write, cancel);
            return true;
        }
        catch (Exception e) when (offset > 0 && e is IOException or HttpRequestException { StatusCode: null } && HasPatience)
        {
            return false;
        }
    }

    private bool HasPatience => time.GetElapsedTime(lastSign) < Patience;

    private async Task CopyAsync(Stream body, long skip, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel)
    {
        var buffer = new byte[16 << 10];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            var known = (int)Math.Min(skip, count);
            skip -= known;
            if (known == count)
                continue;
            offset += count - known;
            lastSign = time.GetTimestamp();
            await write(buffer.AsMemory(known, count - known));
        }
    }
}
