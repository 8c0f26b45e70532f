using System.Text.Json;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>What an installation has on the engine, seen with the engine's own client and not with our code.</summary>
public static class EngineBelongings
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static Task<string[]> ContainersAsync(string data) => ListAsync(data, "container", "ls", "--all", "--format", "{{.Names}}");

    public static Task<string[]> NetworksAsync(string data) => ListAsync(data, "network", "ls", "--format", "{{.Name}}");

    public static async Task RemoveImagesAsync(string data)
    {
        var images = await ListAsync(data, "image", "ls", "--quiet");
        if (images.Length > 0)
            await DockerAsync(["image", "rm", "--force", .. images.Distinct()]);
    }

    public static Task<CommandResult> DockerAsync(IEnumerable<string> arguments) => new Command(["docker", .. arguments], Nothing, "/").RunAsync();

    private static async Task<string[]> ListAsync(string data, params string[] question)
    {
        var id = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "installation.json"))).RootElement.GetProperty("id").GetString();
        var answer = await DockerAsync([.. question, "--filter", $"label=neetodeploy.installation={id}"]);
        return answer.Ok().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
