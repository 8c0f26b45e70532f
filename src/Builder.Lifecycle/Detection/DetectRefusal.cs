using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary>Why no group of buildpacks applies.</summary>
internal sealed class DetectRefusal(IEnumerable<DetectResult> seen, TextWriter errors)
{
    private readonly List<DetectResult> tried = [.. seen.DistinctBy(r => r.Buildpack.ToString())];

    public LifecycleException Of(IReadOnlyList<OrderEntry> order)
    {
        var chosen = order.SelectMany(entry => entry.Group).Where(entry => entry.Source.Length > 0).ToList();
        var culprit = chosen.Find(entry => tried.Exists(r => r.Buildpack.Id == entry.Id && !r.Passed)) ?? chosen.FirstOrDefault();
        return culprit is null ? OfDetection() : OfChoice(culprit);
    }

    /// <summary>Somebody has said which buildpacks to use: the first one that says no is the reason.</summary>
    private LifecycleException OfChoice(OrderBuildpack culprit)
    {
        foreach (var result in tried.Where(r => r.Buildpack.Id == culprit.Id || r.Errored))
            errors.Write(result.Output);
        TellReasons();
        return new(
            tried.Exists(r => r.Errored) ? ExitCodes.DetectErrored : ExitCodes.DetectNonePassed,
            $"App not compatible with buildpack: {culprit.Source}"
        )
        {
            Buildpack = culprit.Source,
        };
    }

    private void TellReasons()
    {
        foreach (var result in tried.Where(r => r is { Errored: false, Reason: not null }))
            errors.WriteLine($" !     {result.Buildpack} does not take part: {result.Reason}");
    }

    private LifecycleException OfDetection()
    {
        foreach (var result in tried.Where(r => r.Errored))
            errors.Write($" !     {result.Buildpack} failed to detect ({result.Reason ?? $"exit {result.ExitCode}"}):\n{result.Output}");
        TellReasons();
        var names = string.Join(", ", tried.Select(r => r.Buildpack.Id));
        return tried.Exists(r => r.Errored)
            ? new LifecycleException(ExitCodes.DetectErrored, "No buildpack applies to this app, and at least one failed to detect.")
            : new LifecycleException(
                ExitCodes.DetectNonePassed,
                $"No buildpack applies to this app. Tried: {names}.\n"
                    + "Add a file that says what it is at the root of the source: a package.json (Node.js), deno.json, go.mod, pom.xml (Java), .csproj (.NET),\n"
                    + "an index.html (static site), … or a Procfile."
            );
    }
}
