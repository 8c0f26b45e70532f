using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>Waits until the silo answers, and until its own stacks are there; those that the operator has added may come later, or not at all.</summary>
/// <param name="hasFailed">Whether there is nobody left who could make it ready.</param>
internal sealed class Readiness(DataFolder data, Installation installation, TimeProvider time, Func<bool> hasFailed)
{
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StackPatience = TimeSpan.FromMinutes(20);

    /// <summary>The silo tries again after a failure; what has failed so often does not come right by itself.</summary>
    private const int MostFailures = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient client = new() { BaseAddress = new Uri(installation.ApiUrl), Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Waits for the silo, and then for the dashboard where that is a process of its own.</summary>
    public async Task WaitForSiloAsync(Action<string> show, CancellationToken cancel)
    {
        await WaitForHealthAsync("silo", installation.ApiUrl, "silo, registry and keeper", cancel);
        if (installation.DashboardPort != 0)
            await WaitForHealthAsync("dashboard", installation.DashboardUrl, "dashboard and silo", cancel);
    }

    public async Task<bool> HasStackAsync(CancellationToken cancel) => (await OwnStacksAsync(cancel)).All(stack => stack.IsReady);

    /// <summary>What is wrong with the operator's file of stacks; null when nothing is.</summary>
    public async Task<string?> FindProblemAsync(CancellationToken cancel) => (await StackReport.ReadAsync(client, data, cancel)).Problem;

    public Task WaitForStackAsync(Action<string> show, CancellationToken cancel) =>
        WaitAsync(
            StackPatience,
            async () =>
            {
                var stacks = await OwnStacksAsync(cancel);
                if (stacks.FirstOrDefault(stack => stack.Failures >= MostFailures) is { } failed)
                    throw new SupervisorException($"The stack {failed.Name} could not be prepared: {failed.Error}");
                foreach (var stack in stacks.Where(stack => (stack.Step ?? stack.Error) is not null))
                    show(stack.Step ?? $"{stack.Error} It is tried again in half a minute.");
                return stacks.All(stack => stack.IsReady);
            },
            $"The stack images are not ready. The silo's log says more: {data.Log("silo")}",
            cancel
        );

    private Task WaitForHealthAsync(string process, string url, string logs, CancellationToken cancel) =>
        WaitAsync(
            SiloPatience,
            async () =>
            {
                using var health = await client.GetAsync(new Uri($"{url}/healthz"), cancel);
                return health.IsSuccessStatusCode;
            },
            $"The {process} does not answer on {url}. The logs of {logs} say why: {Path.GetDirectoryName(data.Log(process))}",
            cancel
        );

    private async Task<StackReport.Stack[]> OwnStacksAsync(CancellationToken cancel) =>
        [.. (await StackReport.ReadAsync(client, data, cancel)).Stacks.Where(stack => !stack.IsConfigured)];

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
}
