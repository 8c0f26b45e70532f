using System.Net;

namespace NeetoDeploy.Cli.Http;

/// <summary>A build's or a release phase's output, followed from its beginning to its end.</summary>
internal sealed class OutputStream(HttpClient client, Uri url, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Hands over bytes as they come. A broken connection goes on at the byte it broke at; 404 means not yet.</summary>
    public async Task CopyAsync(Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        for (var offset = 0L; ; await Task.Delay(Pause, time, cancel))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (offset > 0)
                request.Headers.TryAddWithoutValidation("Range", $"bytes={offset}-");
            try
            {
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
                if (answer.StatusCode == HttpStatusCode.NotFound && time.GetElapsedTime(started) < Patience)
                    continue;
                if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                    return;
                answer.EnsureSuccessStatusCode();
                await using var body = await answer.Content.ReadAsStreamAsync(cancel);
                var buffer = new byte[16 << 10];
                while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
                {
                    offset += count;
                    await write(buffer.AsMemory(0, count));
                }
                return;
            }
            catch (Exception e) when (offset > 0 && e is IOException or HttpRequestException { StatusCode: null } && time.GetElapsedTime(started) < Patience)
            {
                // The installation restarts; the output is kept.
            }
        }
    }
}
