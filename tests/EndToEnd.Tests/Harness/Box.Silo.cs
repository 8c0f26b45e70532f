using System.Text.Json.Nodes;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>The silo's settings, as <c>up</c> wrote them.</summary>
public sealed partial class Box
{
    private string SiloSettings => Path.Combine(Data, "run", "silo.json");

    /// <summary>The socket of the engine that this installation uses.</summary>
    public string EngineSocket => (string)JsonNode.Parse(File.ReadAllText(SiloSettings))!["Neeto"]!["EngineSocket"]!;

    /// <summary>Restarts the silo with one setting changed; disposing restarts it with the old one.</summary>
    public async Task<IAsyncDisposable> ReconfigureAsync(string setting, JsonNode value)
    {
        var before = await File.ReadAllTextAsync(SiloSettings);
        var settings = JsonNode.Parse(before)!;
        settings["Neeto"]![setting] = value;
        await RestartSiloAsync(settings.ToJsonString());
        return new Undo(() => RestartSiloAsync(before));
    }

    /// <summary>Restarts the silo with stacks of the operator's; disposing restarts it without.</summary>
    public async Task<IAsyncDisposable> AddStacksAsync(string toml)
    {
        var file = Path.Combine(Data, "stacks.toml");
        var settings = await File.ReadAllTextAsync(SiloSettings);
        await File.WriteAllTextAsync(file, toml);
        await RestartSiloAsync(settings);
        return new Undo(() =>
        {
            File.Delete(file);
            return RestartSiloAsync(settings);
        });
    }

    /// <summary>Restarts the silo as it is.</summary>
    public async Task RestartSiloAsync() => await RestartSiloAsync(await File.ReadAllTextAsync(SiloSettings));

    private async Task RestartSiloAsync(string settings)
    {
        await File.WriteAllTextAsync(SiloSettings, settings);
        var before = Pid("silo");
        await Signal.KillAsync(before);
        await Wait.UntilAsync("another silo", TimeSpan.FromSeconds(30), () => Task.FromResult(Pid("silo") != before));
        await Wait.UntilAsync(
            "its API",
            TimeSpan.FromSeconds(60),
            async () =>
            {
                using var answer = await Api.GetAsync(new Uri("/account", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
        );
    }

    private sealed class Undo(Func<Task> undo) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await undo();
    }
}
