using System.CommandLine.Invocation;
using NeetoDeploy.Cli;

var parsed = CommandTree.Build().Parse(args);
// A mistyped command is answered with the nearest one, not with a page of help.
if (parsed.Action is ParseErrorAction mistake)
    mistake.ShowHelp = false;
var exitCode = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
