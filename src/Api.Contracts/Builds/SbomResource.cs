namespace NeetoDeploy.Api.Contracts.Builds;

/// <summary>A bill of materials of a build's image (<c>GET /apps/{app}/builds/{build}/sboms</c>, and its content at <c>…/sboms/{name}</c>).</summary>
/// <param name="Name">Its path in <c>/layers/sbom/launch</c>, such as <c>neeto_nodejs/node/sbom.cdx.json</c>.</param>
/// <param name="Subject">What it is about: the folder of a buildpack, or of one of its layers, such as <c>neeto_nodejs/node</c>.</param>
/// <param name="Format"><c>cyclonedx</c>, <c>spdx</c> or <c>syft</c>.</param>
/// <param name="MediaType">The content type of the content.</param>
/// <param name="Size">Of the content, in bytes.</param>
public sealed record SbomResource(string Name, string Subject, string Format, string MediaType, long Size);
