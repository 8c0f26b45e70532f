using NeetoDeploy.Builder.Images;
using NeetoDeploy.Core.Images;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>The files of the platform specification in which analyze and export say what they did (<c>analyzed.toml</c>, <c>report.toml</c>).</summary>
internal static class AnalysisToml
{
    public static string Analyzed(ImageRef runReference, StoredImage run, ImageRef? previous)
    {
        var target = new TomlTable { ["os"] = "linux", ["arch"] = Text(run, "architecture") ?? StoredImage.Architecture };
        if (Text(run, "variant") is { } variant)
            target["variant"] = variant;
        if (run.Label("io.buildpacks.base.distro.name") is { } distro)
        {
            target["distro"] = new TomlTable { ["name"] = distro, ["version"] = run.Label("io.buildpacks.base.distro.version") ?? "" };
        }
        var analyzed = new TomlTable();
        if (previous is not null)
            analyzed["image"] = new TomlTable { ["reference"] = previous.ToString() };
        analyzed["run-image"] = new TomlTable
        {
            ["reference"] = runReference.ToString(),
            ["image"] = runReference.Repository,
            ["target"] = target,
        };
        return TomlSerializer.Serialize(analyzed);
    }

    public static string Report(ImageExporter.Export export) =>
        TomlSerializer.Serialize(
            new TomlTable
            {
                ["image"] = new TomlTable
                {
                    ["tags"] = new TomlArray(),
                    ["digest"] = export.Image.Digest.ToString(),
                    ["image-id"] = export.Pushed.ConfigDigest.ToString(),
                    ["manifest-size"] = (long)export.Pushed.ManifestSize,
                },
            }
        );

    private static string? Text(StoredImage image, string key) => image.Config[key]?.GetValue<string>();
}
