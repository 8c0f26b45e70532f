using System.Globalization;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Cli.Output;

namespace NeetoDeploy.Cli.Commands.Builds;

/// <summary>A build for people: phases as bars, layers as a table, what grew, what was made anew.</summary>
internal sealed class DetailsScreen(Screen screen)
{
    private const int BarWidth = 30;

    public void Show(BuildDetailsResource details)
    {
        ShowHead(details);
        ShowPhases(details.Phases);
        if (details.Image is { } image)
            ShowImage(image);
        if (details.Cache.Length > 0)
            screen.Line("");
        foreach (var miss in details.Cache)
            screen.Line(miss.Message);
    }

    private void ShowHead(BuildDetailsResource details)
    {
        var build = details.Build;
        screen.Line($"=== Build {build.Id}");
        screen.Line($"Status:      {Coloured(build.Status)}");
        if (details.Failure is { } failure)
            screen.Line($"Reason:      {failure.Message} ({Where(failure)})");
        if (details.Trouble is { } trouble)
            screen.Line($"Trouble:     {trouble}");
        screen.Line($"Version:     {build.SourceBlob.Version}");
        screen.Line($"Stack:       {build.Stack}");
        if (details.Buildpacks.Length > 0)
            screen.Line($"Buildpacks:  {string.Join(", ", details.Buildpacks)}");
        screen.Line($"Who:         {build.User.Email}");
        screen.Line($"When:        {screen.When(build.CreatedAt)}");
        if (details.Attempt > 1)
            screen.Line($"Attempts:    {details.Attempt}");
    }

    private static string Where(BuildFailureResource failure) =>
        failure.ExitCode == 0 ? failure.Phase : $"{failure.Phase}, exit code {failure.ExitCode}";

    private void ShowPhases(BuildPhaseResource[] phases)
    {
        if (phases.Length == 0)
            return;
        var (all, longest) = (phases.Sum(phase => phase.Milliseconds), Math.Max(1, phases.Max(phase => phase.Milliseconds)));
        screen.Line("");
        screen.Line($"Phases, {Seconds(all)} in all");
        foreach (var phase in phases)
        {
            var bar = new string('█', (int)Math.Ceiling(phase.Milliseconds * BarWidth / (double)longest));
            screen.Line($"  {phase.Name, -8} {Seconds(phase.Milliseconds), 9}  {screen.Green(bar)}".TrimEnd());
        }
    }

    private void ShowImage(BuildImageResource image)
    {
        screen.Line("");
        screen.Line($"Image, {ByteSize.Of(image.Size)}{Growth(image)}, {ByteSize.Of(image.Uploaded)} uploaded");
        if (image.Layers.Length > 0)
            ShowLayers(image);
        if (image.Sboms.Length > 0)
            screen.Line($"\nBills of materials: {string.Join(", ", image.Sboms)}");
    }

    private void ShowLayers(BuildImageResource image) =>
        screen.Table(
            ["  LAYER", "SIZE", "CHANGE", ""],
            [
                .. image.Layers.Select(layer =>
                    new[]
                    {
                        $"  {layer.Name}",
                        ByteSize.Of(layer.Size).PadLeft(9),
                        Change(layer, image.PreviousSize is not null),
                        layer.Reused ? "reused" : "uploaded",
                    }
                ),
            ]
        );

    private static string Growth(BuildImageResource image) =>
        image switch
        {
            { PreviousSize: not { } } => "",
            { PreviousSize: { } before } when before == image.Size => ", as large as the release before",
            { GrownLayer: { } layer, PreviousSize: { } before } when image.Size > before =>
                $", {ByteSize.Change(image.Size - before)} since the release before, most of it in {layer}",
            { PreviousSize: { } before } => $", {ByteSize.Change(image.Size - before)} since the release before",
        };

    private static string Change(BuildLayerResource layer, bool hadRelease) =>
        layer.PreviousSize is { } before ? (layer.Size == before ? "" : ByteSize.Change(layer.Size - before))
        : hadRelease ? "new"
        : "";

    private string Coloured(string status) =>
        status switch
        {
            "succeeded" => screen.Green(status),
            "failed" => screen.Red(status),
            _ => status,
        };

    private static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.00} s");
}
