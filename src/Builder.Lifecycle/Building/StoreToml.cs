using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Building;

/// <summary><c>store.toml</c>: what a buildpack wants to remember that belongs to no layer.</summary>
internal sealed class StoreToml
{
    public TomlTable? Metadata { get; set; }
}
