using System.Text.Json;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>What an installation has on the engine, seen with the engine's own client and not with our code.</summary>
public static class EngineBelongings
{
    /// <summary>The engine that <c>NEETO_TEST_SOCKET</c> names; null where an installation chooses itself.</summary>
    public static string? Socket { get; } = Environment.GetEnvironmentVariable("NEETO_TEST_SOCKET");

    // Docker's client speaks with Podman as well.
    private static readonly Dictionary<string, string> Client = Socket is null ? [] : new() { ["DOCKER_HOST"] = $"unix://{Socket}" };

    public static Task<string[]> ContainersAsync(string data) => ListAsync(data, "container", "ls", "--all", "--format", "{{.Names}}");

    public static Task<string[]> NetworksAsync(string data) => ListAsync(data, "network", "ls", "--format", "{{.Name}}");

    /// <summary>
    /// Names first, then what is nameless: the engine removes no image that another is made from, and says nothing of it when others go. What another
    /// installation's images are made from stays.
    /// </summary>
    public static async Task RemoveImagesAsync(string data)
    {
        var names = await ListAsync(data, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}\t{{.Repository}}@{{.Digest}}");
        await RemoveAsync(names.SelectMany(line => line.Split('\t')).Where(name => !name.Contains("<none>", StringComparison.Ordinal)));
        for (
            var left = int.MaxValue;
            await ListAsync(data, "image", "ls", "--all", "--quiet") is { Length: > 0 } images && images.Length < left;
            left = images.Length
        )
            await RemoveAsync(images);
    }

    /// <summary>The name of the image that an installation's builds run in.</summary>
    public static Task<string> BuildImageAsync(string data) => ImageAsync(data, "/neeto-12-build:");

    /// <summary>The name of the image that an installation's apps stand on.</summary>
    public static Task<string> RunImageAsync(string data) => ImageAsync(data, "/stacks/neeto-12:");

    private static async Task<string> ImageAsync(string data, string part) =>
        (await ListAsync(data, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}")).First(name =>
            name.Contains(part, StringComparison.Ordinal)
        );

    private static async Task RemoveAsync(IEnumerable<string> images)
    {
        foreach (var image in images.Distinct())
            await DockerAsync(["image", "rm", "--force", image]);
    }

    public static Task<CommandResult> DockerAsync(IEnumerable<string> arguments) =>
        new Command(["docker", .. arguments], Client, "/").RunAsync();

    private static async Task<string[]> ListAsync(string data, params string[] question)
    {
        var id = JsonDocument
            .Parse(await File.ReadAllTextAsync(Path.Combine(data, "installation.json")))
            .RootElement.GetProperty("id")
            .GetString();
        var answer = await DockerAsync([.. question, "--filter", $"label=neetodeploy.installation={id}"]);
        return answer.Ok().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
