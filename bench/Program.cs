using NeetoDeploy.Bench.Router;

// Usage: bench router [--pairs N] [--seconds N]. Prints ratios; it asserts nothing, because it measures the machine as well.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

switch (args)
{
    case ["router", .. var rest]:
        return await RouterBench.RunAsync(rest, stop.Token);
    default:
        await Console.Error.WriteLineAsync("bench: say what to measure: router [--pairs N] [--seconds N]");
        return 64;
}
