using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Abstractions.Dynos;

/// <summary>What one incarnation of a dyno shall be.</summary>
/// <param name="Image">Pulled by digest when the engine lacks it.</param>
/// <param name="Start">What to run.</param>
/// <param name="Environment">Config vars, DYNO, for web processes PORT, and the rest. Secret: never logged, never in an argument.</param>
/// <param name="Size">Limits of memory, CPU and processes.</param>
/// <param name="Terminal">Set for a one-off dyno that somebody attaches to with a terminal.</param>
public sealed record DynoSpec(
    DynoKey Key,
    ImageRef Image,
    DynoStart Start,
    ImmutableSortedDictionary<string, string> Environment,
    DynoSize Size,
    TerminalSize? Terminal = null
);

/// <summary>What a dyno runs: a process type of its image, a command line for the image's shell, or what the image itself says.</summary>
public abstract record DynoStart
{
    private DynoStart() { }

    /// <summary>The image's launcher starts this process type (<c>/cnb/process/web</c>).</summary>
    public sealed record Process(string Type) : DynoStart;

    /// <summary>The image's launcher runs this line in a shell, with the app's environment (<c>/cnb/lifecycle/launcher LINE</c>).</summary>
    public sealed record CommandLine(string Line) : DynoStart;

    /// <summary>The image has no launcher: its ENTRYPOINT is given these words in the place of its CMD; without any, its CMD.</summary>
    public sealed record Image(ImmutableArray<string> Command) : DynoStart;

    public T Match<T>(Func<Process, T> process, Func<CommandLine, T> commandLine, Func<Image, T> image) =>
        this switch
        {
            Process p => process(p),
            CommandLine c => commandLine(c),
            Image i => image(i),
            _ => throw new InvalidOperationException(),
        };
}

/// <summary>Columns and rows of an attached terminal.</summary>
public sealed record TerminalSize(int Columns, int Lines);
