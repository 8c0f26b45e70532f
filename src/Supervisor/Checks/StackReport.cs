using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>What the silo says of its stacks (<c>/internal/stacks</c>).</summary>
/// <param name="Problem">What is wrong with the operator's file of stacks; null when nothing is.</param>
internal sealed record StackReport(StackReport.Stack[] Stacks, string? Problem)
{
    /// <param name="Step">What is being done for it; null when nothing is.</param>
    /// <param name="Error">Why the last attempt to prepare it failed.</param>
    /// <param name="Failures">How many attempts have failed.</param>
    /// <param name="IsConfigured">It is one of the operator's.</param>
    internal sealed record Stack(string Name, bool IsReady, string? Step, string? Error, int Failures, bool IsConfigured);

    /// <exception cref="HttpRequestException">The silo does not answer.</exception>
    public static async Task<StackReport> ReadAsync(HttpClient silo, DataFolder data, CancellationToken cancel) =>
        await silo.GetAsync<StackReport>(data, "/internal/stacks", cancel) ?? new([], null);

    /// <summary>What <c>neeto doctor</c> shows: the stacks that are not ready, and the file that cannot be used.</summary>
    public IEnumerable<Finding> Findings()
    {
        if (Problem is not null)
            yield return new Finding(
                "stacks.toml",
                Problem,
                "Correct that line, then 'neeto down' and 'neeto up'; apps go on running meanwhile."
            );
        var ready = Stacks.Where(stack => stack.IsReady).Select(stack => stack.Name).ToList();
        if (ready.Count > 0)
            yield return new Finding("stacks", string.Join(", ", ready));
        foreach (var stack in Stacks.Where(stack => !stack.IsReady))
        {
            yield return stack.Error is { } error
                ? new Finding($"stack {stack.Name}", error, "Builds of its apps fail until then. It is tried again by itself.")
                : new Finding($"stack {stack.Name}", stack.Step ?? "is about to be prepared");
        }
    }
}
