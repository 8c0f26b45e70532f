using System.Collections.Concurrent;
using System.Net;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>Requests to an app, one after the other on several connections, until it is told to stop.</summary>
public sealed class SteadyLoad : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> failures = [];
    private readonly Task[] clients;
    private int answered;

    public SteadyLoad(Box box, string app, int connections = 4) =>
        clients = [.. Enumerable.Range(0, connections).Select(_ => AskAsync(box, box.Url(app, "/load")))];

    /// <summary>Requests answered with 200 so far.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>What went wrong so far.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>Stops, and fails the test when a single request failed or none was made.</summary>
    public async Task NoneFailedAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} of {failures.Count + Answered} requests failed: {string.Join("; ", failures.Take(5))}"
        );
        Assert.True(Answered > 0, "No request was answered.");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        stop.Dispose();
    }

    private async Task AskAsync(Box box, string url)
    {
        using var timer = new PeriodicTimer(Between);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await box.Web.GetAsync(new Uri(url), CancellationToken.None);
                if (answer.StatusCode == HttpStatusCode.OK)
                    Interlocked.Increment(ref answered);
                else
                    failures.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                failures.Enqueue(e.Message);
            }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
