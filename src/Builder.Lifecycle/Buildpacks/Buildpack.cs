namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>A buildpack on disk.</summary>
/// <param name="Api">The version of the buildpack API it speaks.</param>
internal sealed record Buildpack(string Directory, Version Api, BuildpackToml Descriptor)
{
    public string Id => Descriptor.Buildpack.Id;

    public string Version => Descriptor.Buildpack.Version;

    public bool IsComposite => Descriptor.Order.Count > 0;

    /// <summary>Its id as a folder's name.</summary>
    public string FolderName => BuildpackCatalog.Escape(Id);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}
