using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NeetoDeploy.Api.Tests.Schemas;

namespace NeetoDeploy.Api.Tests.Host;

/// <summary>Somebody who uses the API. It looks at every answer it gets: shape, headers, manners.</summary>
/// <param name="email">Whose account it is.</param>
/// <param name="authorization">What it says in its Authorization header; null: nothing.</param>
public sealed class ApiClient(HttpClient http, SchemaBook book, string email, string? authorization)
{
    public string Email => email;

    public string? Authorization => authorization;

    public Task<ApiAnswer> GetAsync(string path, string? range = null) => SendAsync("GET", path, null, ("Range", range));

    public Task<ApiAnswer> PostAsync(string path, string json = "{}") => SendAsync("POST", path, json);

    public Task<ApiAnswer> PutAsync(string path, string json) => SendAsync("PUT", path, json);

    public Task<ApiAnswer> PatchAsync(string path, string json) => SendAsync("PATCH", path, json);

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync("DELETE", path, null);

    /// <summary>A new app of this account; its name.</summary>
    public async Task<string> CreateAppAsync(string? name = null)
    {
        name ??= $"a{Guid.NewGuid():N}"[..20];
        var created = await PostAsync("/apps", $$"""{"name":"{{name}}"}""");
        Assert.True(created.Status == 201, $"{created}");
        return name;
    }

    public async Task<ApiAnswer> SendAsync(string method, string path, string? json, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.heroku+json; version=3");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (json is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await ApiAnswer.ReadAsync(method, path, response);
        AnswerRules.Check(answer, book);
        return answer;
    }
}

/// <summary>An answer, read.</summary>
public sealed record ApiAnswer(string Method, string Path, int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Heroku's word for an error.</summary>
    public string? Id => (string?)Json["id"];

    public static async Task<ApiAnswer> ReadAsync(string method, string path, HttpResponseMessage response)
    {
        var headers = response
            .Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new(
            method,
            path,
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            headers
        );
    }

    public override string ToString() => $"{Method} {Path} → {Status} {Text}";
}
