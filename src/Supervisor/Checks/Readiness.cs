using System.Net.Http.Headers;
using System.Net.Http.Json;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>Waits until the silo answers, and until its stack is there.</summary>
/// <param name="hasFailed">Whether there is nobody left who could make it ready.</param>
internal sealed class Readiness(DataFolder data, Installation installation, TimeProvider time, Func<bool> hasFailed)
{
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StackPatience = TimeSpan.FromMinutes(20);

    /// <summary>The silo tries again after a failure; what has failed so often does not come right by itself.</summary>
    private const int MostFailures = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient client = new() { BaseAddress = new Uri(installation.ApiUrl), Timeout = TimeSpan.FromSeconds(5) };

    public Task WaitForSiloAsync(Action<string> show, CancellationToken cancel) =>
        WaitAsync(
            SiloPatience,
            async () =>
            {
                using var health = await client.GetAsync(new Uri("/healthz", UriKind.Relative), cancel);
                return health.IsSuccessStatusCode;
            },
            $"The silo does not answer on {installation.ApiUrl}. The logs of silo, registry and keeper say why: {Path.GetDirectoryName(data.Log("silo"))}",
            cancel
        );

    public async Task<bool> HasStackAsync(CancellationToken cancel) => (await StacksAsync(cancel)).All(stack => stack.IsReady);

    public Task WaitForStackAsync(Action<string> show, CancellationToken cancel) =>
        WaitAsync(
            StackPatience,
            async () =>
            {
                var stacks = await StacksAsync(cancel);
                if (stacks.FirstOrDefault(stack => stack.Failures >= MostFailures) is { } failed)
                    throw new SupervisorException($"The stack {failed.Name} could not be prepared: {failed.Error}");
                foreach (var stack in stacks.Where(stack => (stack.Step ?? stack.Error) is not null))
                    show(stack.Step ?? $"{stack.Error} It is tried again in half a minute.");
                return stacks.All(stack => stack.IsReady);
            },
            $"The stack images are not ready. The silo's log says more: {data.Log("silo")}",
            cancel
        );

    private async Task<StackProgress[]> StacksAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/internal/stacks");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await File.ReadAllTextAsync(data.RouterToken, cancel)).Trim()
        );
        using var answer = await client.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<StackProgress[]>(cancel) ?? [];
    }

    private async Task WaitAsync(TimeSpan patience, Func<Task<bool>> isReady, string otherwise, CancellationToken cancel)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < patience; )
        {
            if (hasFailed())
                throw new SupervisorException($"The keeper has ended. Its log says why: {data.Log("keeper")}");
            try
            {
                if (await isReady())
                    return;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // Not there yet.
            }
            await Task.Delay(Tick, time, cancel);
        }
        throw new SupervisorException(otherwise);
    }

    private sealed record StackProgress(string Name, bool IsReady, string? Step, string? Error, int Failures);
}
