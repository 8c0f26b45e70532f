using NeetoDeploy.Supervisor;

// Stopping everything in order takes its time; the default would kill us after 2 s.
return await CommandLine
    .Build()
    .Parse(args)
    .InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
