using System.Net;

namespace NeetoDeploy.Cli.Http;

/// <summary>A build's or a release phase's output, followed from its beginning to its end.</summary>
internal sealed class OutputStream(HttpClient client, Uri url, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>So long may a build wait for its turn.</summary>
    private static readonly TimeSpan QueuePatience = TimeSpan.FromMinutes(15);

    /// <summary>So long may an installation restart: it has just answered, or we had no URL to follow.</summary>
    private static readonly TimeSpan RestartPatience = TimeSpan.FromMinutes(2);

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
            if (IsForNow(answer.StatusCode))
                return false;
            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            // A server that knows no ranges begins at the beginning.
            var skip = answer.StatusCode == HttpStatusCode.PartialContent ? 0 : offset;
            await CopyAsync(body, skip, write, cancel);
            return true;
        }
        catch (Exception e) when (e is IOException or HttpRequestException { StatusCode: null } && Quiet < RestartPatience)
        {
            return false;
        }
    }

    private TimeSpan Quiet => time.GetElapsedTime(lastSign);

    private bool IsForNow(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.NotFound => Quiet < QueuePatience,
            >= HttpStatusCode.InternalServerError => Quiet < RestartPatience,
            _ => false,
        };

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
