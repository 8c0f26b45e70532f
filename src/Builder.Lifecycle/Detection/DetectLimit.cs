using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>
/// Ends the build when a buildpack has not said in time whether it applies. A program that forks without end can take every thread there is, so one that
/// needs no other waits for each, and ends the lifecycle by itself; with its container everything that the program has left ends. Where not even that is
/// possible, there is a file that says who has not answered.
/// </summary>
internal sealed class DetectLimit(LifecyclePaths paths, TimeSpan limit, TextWriter errors)
{
    private const string Flag = "detect-timeout";
    private const string Variable = "NEETO_DETECT_TIMEOUT";
    private const string DefaultSeconds = "60";

    private readonly Lock turn = new();
    private readonly List<string> unanswered = [];

    /// <exception cref="LifecycleException">The number of seconds is none.</exception>
    public static DetectLimit From(Arguments arguments, LifecyclePaths paths, TextWriter errors)
    {
        var text = arguments.Get(Flag, Variable, DefaultSeconds);
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < int.MaxValue / 1000
            ? new(paths, TimeSpan.FromSeconds(seconds), errors)
            : throw new LifecycleException(ExitCodes.InvalidArguments, $"-{Flag} {text} is no number of seconds");
    }

    /// <summary>Begins to wait for a buildpack's answer, until it is disposed.</summary>
    public Watch Begin(Buildpack buildpack) => new(this, buildpack);

    private void Note(Buildpack buildpack, bool isAnswered)
    {
        lock (turn)
        {
            if (isAnswered)
                unanswered.Remove(buildpack.ToString());
            else
                unanswered.Add(buildpack.ToString());
            File.WriteAllText(paths.AskedBuildpacks, string.Join(", ", unanswered));
        }
    }

    private void End(Buildpack buildpack, Process? program)
    {
        errors.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $" !     The bin/detect of buildpack {buildpack} has not ended within {limit.TotalSeconds:0.#} seconds."
            )
        );
        errors.Flush();
        File.WriteAllText(paths.FailedBuildpack, buildpack.ToString());
        try
        {
            program?.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is Win32Exception or AggregateException or InvalidOperationException)
        {
            // It ends with the container.
        }
        Environment.Exit(ExitCodes.DetectTimedOut);
    }

    /// <summary>One buildpack that is waited for.</summary>
    internal sealed class Watch : IDisposable
    {
        private readonly ManualResetEventSlim answered = new();
        private readonly DetectLimit limit;
        private readonly Buildpack buildpack;
        private volatile Process? program;
        private int isDecided;

        public Watch(DetectLimit limit, Buildpack buildpack)
        {
            (this.limit, this.buildpack) = (limit, buildpack);
            limit.Note(buildpack, isAnswered: false);
            var thread = new Thread(() =>
            {
                if (!answered.Wait(limit.Limit) && Decides())
                    limit.End(buildpack, program);
            })
            {
                IsBackground = true,
            };
            thread.Start();
        }

        /// <summary>Tells what runs.</summary>
        public void Started(Process process) => program = process;

        public void Dispose()
        {
            answered.Set();
            // The program ends because it is killed. That is no answer, and nothing is to be concluded from it while the lifecycle ends.
            if (!Decides())
                new ManualResetEventSlim().Wait();
            limit.Note(buildpack, isAnswered: true);
        }

        /// <summary>Whether it is the first to say how the wait has ended.</summary>
        private bool Decides() => Interlocked.Exchange(ref isDecided, 1) == 0;
    }

    private TimeSpan Limit => limit;
}
