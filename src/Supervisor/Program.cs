using NeetoDeploy.Supervisor;
using NeetoDeploy.Supervisor.Commands;

return await CommandLine.Build().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
