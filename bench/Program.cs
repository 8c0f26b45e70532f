using System.Globalization;
using System.Runtime.InteropServices;
using NeetoDeploy.Bench.Builds;
using NeetoDeploy.Bench.ControlPlane;
using NeetoDeploy.Bench.Dashboard;
using NeetoDeploy.Bench.Deploys;
using NeetoDeploy.Bench.Hub;
using NeetoDeploy.Bench.Logs;
using NeetoDeploy.Bench.Router;

// Usage: bench router [--pairs N] [--seconds N] | deploy [--changes N] | build [PART…] | logs | ingest | hub | dashboard | control-plane. Prints ratios; it asserts nothing, because it measures the machine as well.
using var stop = new CancellationTokenSource();

// What has been started is stopped, whoever ends the measurement.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

switch (args)
{
    case ["router", .. var rest]:
        return await RouterBench.RunAsync(rest, stop.Token);
    case ["deploy", .. var rest]:
        return await DeployBench.RunAsync(rest, stop.Token);
    case ["build", .. var parts]:
        return await BuildBench.RunAsync(parts, stop.Token);
    case [SteadyClient.Command, var port, var host]:
        return await SteadyClient.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), host, stop.Token);
    case ["hub"]:
        return await HubBench.RunAsync(stop.Token);
    case [Readers.Command, var kind, var url, var readers, .. var apps]:
        return await Readers.RunAsync(kind, url, int.Parse(readers, CultureInfo.InvariantCulture), apps, stop.Token);
    case ["logs"]:
        return await LogsBench.RunAsync(stop.Token);
    case ["ingest"]:
        return await IngestBench.RunAsync(stop.Token);
    case ["dashboard"]:
        return await DashboardBench.RunAsync(stop.Token);
    case ["control-plane"]:
        return await ControlPlaneBench.RunAsync(stop.Token);
    default:
        await Console.Error.WriteLineAsync(
            "bench: say what to measure: router [--pairs N] [--seconds N], deploy [--changes N], build [PART…], logs, ingest, hub, dashboard, or control-plane"
        );
        return 64;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
