using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NeetoDeploy.EndToEnd.Tests.Harness;

/// <summary>An app with a git checkout of its source, destroyed after the test.</summary>
public sealed partial class AppUnderTest : IAsyncDisposable
{
    private readonly Box box;

    private AppUnderTest(Box box, string name)
    {
        this.box = box;
        Name = name;
        Source = Directory.CreateDirectory(Path.Combine(box.Home, name)).FullName;
    }

    public string Name { get; }

    /// <summary>The checkout's folder.</summary>
    public string Source { get; }

    /// <summary>Creates the app by the API and an empty checkout that has it as its remote <c>heroku</c>.</summary>
    public static async Task<AppUnderTest> CreateAsync(Box box, string? sample = null)
    {
        var app = new AppUnderTest(box, $"e2e-{Guid.NewGuid().ToString("N")[..10]}");
        using var created = await box.Api.PostAsJsonAsync("/apps", new { name = app.Name });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        await app.GitAsync("init", "--quiet", "--initial-branch", "main");
        await app.GitAsync("config", "user.email", "dev@example.com");
        await app.GitAsync("config", "user.name", "Dev");
        await app.GitAsync(
            "remote",
            "add",
            "heroku",
            $"https://x:{box.Environment["NEETO_TOKEN"]}@{box.Environment["HEROKU_GIT_HOST"]}/{app.Name}.git"
        );
        if (sample is not null)
            app.Copy(Checkout.Sample(sample));
        return app;
    }

    public void Write(string file, string content)
    {
        var path = Path.Combine(Source, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public void Copy(string folder)
    {
        foreach (
            var file in Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/node_modules/", StringComparison.Ordinal))
        )
        {
            var target = Path.Combine(Source, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    public async Task CommitAsync(string message = "change")
    {
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message", message);
    }

    public async Task<CommandResult> GitAsync(params string[] arguments) =>
        (await box.Program(["git", .. arguments], Source).RunAsync()).Ok();

    public Task<CommandResult> PushAsync(string refs = "main") => box.Program(["git", "push", "heroku", refs], Source).RunAsync();

    /// <summary>Commits what is there and pushes it.</summary>
    public async Task<CommandResult> DeployAsync()
    {
        await CommitAsync();
        return await PushAsync();
    }

    /// <summary>What a request to the app answers, whatever the status.</summary>
    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path = "/")
    {
        using var answer = await box.Web.GetAsync(box.Url(Name, path));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the app answers this.</summary>
    public Task AnswersAsync(string body, int seconds = 60) =>
        Wait.UntilAsync(
            $"'{body}' from {Name}",
            TimeSpan.FromSeconds(seconds),
            async () => (await GetAsync()) is (HttpStatusCode.OK, var text) && text.Contains(body, StringComparison.Ordinal)
        );

    public async Task<JsonNode> ApiAsync(string path = "")
    {
        using var answer = await box.Api.GetAsync(new Uri($"/apps/{Name}{path}", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} from /apps/{Name}{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    public Task<HttpResponseMessage> PatchAsync(string path, object body) =>
        box.Api.PatchAsJsonAsync(new Uri($"/apps/{Name}{path}", UriKind.Relative), body);

    public Task<HttpResponseMessage> PostAsync(string path, object body) =>
        box.Api.PostAsJsonAsync(new Uri($"/apps/{Name}{path}", UriKind.Relative), body);

    public Task<HttpResponseMessage> DeleteAsync(string path) => box.Api.DeleteAsync(new Uri($"/apps/{Name}{path}", UriKind.Relative));

    /// <summary>The newest lines of the log as text.</summary>
    public async Task<string> LogAsync(int lines = 1500)
    {
        using var session = await PostAsync("/log-sessions", new { lines, tail = false });
        var url = (await session.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("logplex_url").GetString()!;
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(url));
    }

    public Task LogsAsync(string text, int seconds = 30) =>
        Wait.UntilAsync(
            $"'{text}' in the log of {Name}",
            TimeSpan.FromSeconds(seconds),
            async () => (await LogAsync()).Contains(text, StringComparison.Ordinal)
        );

    public async ValueTask DisposeAsync()
    {
        using var gone = await box.Api.DeleteAsync(new Uri($"/apps/{Name}", UriKind.Relative));
        Directory.Delete(Source, recursive: true);
    }
}
