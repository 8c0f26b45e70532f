using System.CommandLine;
using Microsoft.Win32.SafeHandles;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli;

/// <summary>What a run of the CLI finds around it: variables, folder, clock, terminal. No command looks at the process itself, so that many can run in one.</summary>
internal sealed class Surroundings : InvocationConfiguration
{
    public Surroundings()
    {
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Where the user stands.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Standard input as text.</summary>
    public Func<TextReader> Input { get; init; } = () => Console.In;

    /// <summary>Standard input as bytes, for what is carried to a dyno. The console's own stream would edit lines on a terminal, and hand over no key before Enter.</summary>
    public Func<Stream> OpenInput { get; init; } =
        () => new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 1);

    /// <summary>Standard output as bytes, for what comes from a dyno.</summary>
    public Func<Stream> OpenOutput { get; init; } = Console.OpenStandardOutput;

    /// <summary>Cancelled when nobody reads standard output any more; only what follows something asks.</summary>
    public Func<CancellationToken> WatchOutput { get; init; } = OutputPipe.WatchClosing;

    /// <summary>Whether a person can be asked.</summary>
    public bool IsInputTerminal { get; init; } = !Console.IsInputRedirected;

    /// <summary>Whether a person watches standard output.</summary>
    public bool IsOutputTerminal { get; init; } = !Console.IsOutputRedirected;

    public bool IsErrorTerminal { get; init; } = !Console.IsErrorRedirected;

    /// <summary>Whether colours are welcome on a terminal: <c>NO_COLOR</c>, and terminals that have none.</summary>
    public bool AllowsColours => Variable("NO_COLOR") is null or "" && Variable("TERM") is not "dumb";
}
