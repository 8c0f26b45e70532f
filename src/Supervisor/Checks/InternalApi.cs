using System.Net.Http.Headers;
using System.Net.Http.Json;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>What the silo tells its supervisor and nobody else (<c>/internal/*</c>).</summary>
internal static class InternalApi
{
    /// <exception cref="HttpRequestException">The silo does not answer.</exception>
    public static async Task<T?> GetAsync<T>(this HttpClient silo, DataFolder data, string path, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await File.ReadAllTextAsync(data.RouterToken, cancel)).Trim()
        );
        using var answer = await silo.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(cancel);
    }
}
