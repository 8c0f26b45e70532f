namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary><c>analyzed.toml</c>, as far as it matters here: what the run image is for.</summary>
internal sealed class AnalyzedToml
{
    public AnalyzedRunImage RunImage { get; set; } = new();
}

internal sealed class AnalyzedRunImage
{
    public AnalyzedTarget Target { get; set; } = new();
}

internal sealed class AnalyzedTarget
{
    public string Os { get; set; } = "";

    public string Arch { get; set; } = "";

    public string Variant { get; set; } = "";

    public DistroToml? Distro { get; set; }
}
