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

    /// <summary>It has <c>bin/compile</c> and knows of no buildpack API: one as Heroku had them before Cloud Native Buildpacks.</summary>
    public bool IsClassic => Descriptor.Api.Length == 0;

    /// <summary>Such as <c>Node.js</c>; its id when it has no name.</summary>
    public string Name =>
        Descriptor.Buildpack.Name is { Length: > 0 } name ? name.Replace(" buildpack", "", StringComparison.OrdinalIgnoreCase) : Id;

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
