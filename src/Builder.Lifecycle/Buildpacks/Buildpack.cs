using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary>A buildpack on disk.</summary>
/// <param name="Api">The version of the buildpack API it speaks.</param>
internal sealed record Buildpack(string Directory, Version Api, BuildpackToml Descriptor)
{
    private static readonly Version NamesEnvironmentsSince = new(0, 12);

    public string Id => Descriptor.Buildpack.Id;

    public string Version => Descriptor.Buildpack.Version;

    public bool IsComposite => Descriptor.Order.Count > 0;

    /// <summary>
    /// What it is for; empty: everything. The specification writes tables with a name, the official lifecycle reads a list of names: both are
    /// understood, since buildpack API 0.12.
    /// </summary>
    public IReadOnlyList<string> ExecutionEnvironments =>
        Api < NamesEnvironmentsSince || Descriptor.Buildpack.ExecEnv is not IEnumerable<object?> list
            ? []
            : [.. list.Select(e => e is TomlTable table && table.TryGetValue("name", out var name) ? name : e).OfType<string>()];

    /// <summary>Its id as a folder's name.</summary>
    public string FolderName => BuildpackCatalog.Escape(Id);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}
