using System.Text.Json.Nodes;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>What tests do to have an app that runs.</summary>
internal static class Deploying
{
    /// <summary>Builds and releases something; answers the finished build.</summary>
    public static async Task<JsonNode> DeployAsync(this ApiClient client, string app, string source = "https://example.com/app.tar.gz")
    {
        var started = await client.PostAsync(
            $"/apps/{app}/builds",
            $$$"""{"source_blob":{"url":"{{{source}}}","version":"1a2b3c4d5e6f"}}"""
        );
        Assert.True(started.Status == 201, $"{started}");
        var ended = await Eventually.SeesAsync(
            "the build has made a release",
            () => client.GetAsync($"/apps/{app}/builds/{started.Json["id"]}"),
            build => build.Json["release"] is not null || (string?)build.Json["status"] == "failed"
        );
        Assert.True((string?)ended.Json["status"] == "succeeded", $"{ended}");
        return ended.Json;
    }
}
