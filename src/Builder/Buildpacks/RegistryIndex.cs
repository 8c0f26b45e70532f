using System.Text.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Buildpacks;
using NeetoDeploy.Core.Versions;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>
/// The registry of Cloud Native Buildpacks: an index of files, one for each buildpack, with a line of JSON for each version
/// (<see href="https://github.com/buildpacks/registry-index"/>).
/// </summary>
internal sealed class RegistryIndex(PublicHttp http, Uri index)
{
    /// <summary>The image of a version; of the newest when none is named.</summary>
    public async Task<string> FindAsync(BuildpackSource.Registered wanted, CancellationToken cancel)
    {
        var url = new Uri(index.AbsoluteUri.TrimEnd('/') + "/" + PathOf(wanted.Name));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await http.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
            throw new SourceException(
                $"the registry of Cloud Native Buildpacks does not have it ({url.Host} answered {(int)response.StatusCode})"
            );
        var lines = (await response.Content.ReadAsStringAsync(cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines
                .Select(Read)
                .Where(line => line.Image.Length > 0 && (wanted.Version is null || line.Version == wanted.Version))
                .OrderByDescending(line => SemanticVersion.TryParse(line.Version, out var version) ? version : new SemanticVersion(0, 0, 0))
                .FirstOrDefault()
                .Image
            ?? throw new SourceException($"the registry of Cloud Native Buildpacks does not have version {wanted.Version}");
    }

    private static string PathOf(string name)
    {
        var bare = name.Split('/')[1];
        var folder = bare.Length switch
        {
            1 => "1",
            2 => "2",
            3 => $"3/{bare[..2]}",
            _ => $"{bare[..2]}/{bare[2..4]}",
        };
        return $"{folder}/{name.Replace('/', '_')}";
    }

    private static (string Version, string Image) Read(string line)
    {
        try
        {
            var json = JsonNode.Parse(line);
            return json?["yanked"]?.GetValue<bool>() is true
                ? ("", "")
                : (json?["version"]?.GetValue<string>() ?? "", json?["addr"]?.GetValue<string>() ?? "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ("", "");
        }
    }
}
