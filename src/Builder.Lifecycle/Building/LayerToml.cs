namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary><c>&lt;layer&gt;.toml</c>: what a layer is for, and what its buildpack wants to remember about it.</summary>
internal sealed class LayerToml
{
    public LayerTypesToml? Types { get; set; }

    /// <summary>Usually a table; the buildpack's own business.</summary>
    public object? Metadata { get; set; }
}

internal sealed class LayerTypesToml
{
    /// <summary>It is in the image.</summary>
    public bool Launch { get; set; }

    /// <summary>Later buildpacks see it.</summary>
    public bool Build { get; set; }

    /// <summary>The next build of the app finds it.</summary>
    public bool Cache { get; set; }
}
