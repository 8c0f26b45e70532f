using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Json;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Http;

/// <summary>Speaks the Platform API to one installation.</summary>
internal sealed class ApiClient : IDisposable
{
    private const string MediaType = "application/vnd.heroku+json";

    private readonly HttpClient client;

    /// <param name="login">The installation, and as whom; an empty token is nobody's.</param>
    /// <param name="patience">How long one answer may take; null: 100 seconds.</param>
    public ApiClient(Login login, TimeSpan? patience = null)
    {
        Login = login;
        client = new HttpClient(Trust.Handler(login.AuthorityFile))
        {
            BaseAddress = new Uri(login.Url),
            Timeout = patience ?? TimeSpan.FromSeconds(100),
        };
        client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse($"{MediaType}; version=3"));
        client.DefaultRequestHeaders.UserAgent.ParseAdd("neeto-cli/0.1");
        if (login.Token.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login.Token);
    }

    public Login Login { get; }

    /// <summary>One thing.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> shape, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, null, cancel);
        return await ReadAsync(answer, shape, cancel);
    }

    /// <summary>What is no resource of the API's own, as text.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, null, cancel);
        return await answer.Content.ReadAsStringAsync(cancel);
    }

    /// <summary>A whole list, page by page (206 with <c>Next-Range</c>).</summary>
    public async Task<T[]> ListAsync<T>(string path, JsonTypeInfo<T[]> shape, CancellationToken cancel, string? range = null)
    {
        var rows = new List<T>();
        while (true)
        {
            using var answer = await SendAsync(HttpMethod.Get, path, null, range, cancel);
            rows.AddRange(await ReadAsync(answer, shape, cancel));
            if (answer.StatusCode != HttpStatusCode.PartialContent || !answer.Headers.TryGetValues("Next-Range", out var next))
                return [.. rows];
            range = next.Single();
        }
    }

    /// <summary>The newest rows of a list, newest first.</summary>
    public async Task<T[]> ListNewestAsync<T>(string path, string field, int count, JsonTypeInfo<T[]> shape, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, $"{field} ..; order=desc,max={count}", cancel);
        return await ReadAsync(answer, shape, cancel);
    }

    public async Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method,
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyShape,
        JsonTypeInfo<TAnswer> answerShape,
        CancellationToken cancel
    )
    {
        using var content = JsonContent.Create(body, bodyShape);
        using var answer = await SendAsync(method, path, content, null, cancel);
        return await ReadAsync(answer, answerShape, cancel);
    }

    /// <summary>A request without a body whose answer does not matter.</summary>
    public async Task SendAsync(HttpMethod method, string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(method, path, null, null, cancel);
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> shape, CancellationToken cancel)
    {
        using var answer = await SendAsync(method, path, null, null, cancel);
        return await ReadAsync(answer, shape, cancel);
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        string? range,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);
        var answer = await client.SendAsync(request, cancel);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new ApiException(answer.StatusCode, await ErrorAsync(answer, cancel));
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> shape, CancellationToken cancel) =>
        await answer.Content.ReadFromJsonAsync(shape, cancel)
        ?? throw new CliException(ExitCode.Failed, $"The installation answered nothing to {answer.RequestMessage?.RequestUri}.");

    private static async Task<ErrorResource> ErrorAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        try
        {
            if (JsonSerializer.Deserialize(text, ApiJson.Default.ErrorResource) is { } error)
                return error;
        }
        catch (JsonException)
        {
            // Something between us and the installation has answered.
        }
        return new ErrorResource("unknown", $"{(int)answer.StatusCode} {answer.ReasonPhrase} from {answer.RequestMessage?.RequestUri}");
    }
}
