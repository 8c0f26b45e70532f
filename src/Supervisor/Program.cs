using System.Runtime.InteropServices;
using NeetoDeploy.Supervisor;

// Our own handling of signals, as System.CommandLine's fails at a second one (`timeout` sends two, and so do impatient fingers).
// Stopping everything in order takes its time, and a second signal does not cut it short.
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine
    .Build()
    .Parse(args)
    .InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
