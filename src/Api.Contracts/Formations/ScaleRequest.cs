using System.Text.Json.Serialization;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Formations;

/// <summary>Changes an app's formation, all or nothing.</summary>
public sealed record ScaleRequest(FormationUpdate[]? Updates);

/// <summary>A change of one process type; what is null stays.</summary>
/// <param name="Quantity"><c>2</c>, <c>+1</c> or <c>-1</c>.</param>
/// <param name="Size">The size by name; <paramref name="DynoSize"/> says the same in the older form.</param>
/// <param name="DockerImage">An image to release for the process type: a name with a tag or a digest, or an id (<c>sha256:…</c>).</param>
public sealed record FormationUpdate(
    string? Type = null,
    [property: JsonConverter(typeof(QuantityConverter))] string? Quantity = null,
    string? Size = null,
    FormationUpdate.SizeRef? DynoSize = null,
    string? DockerImage = null
)
{
    /// <summary>A size by name.</summary>
    public sealed record SizeRef(string? Name);
}
