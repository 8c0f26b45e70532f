using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Doctor;

/// <summary>Whether git would be let in: its first request (gitprotocol-http), with the sign-in's authority and token.</summary>
internal static class GitAccess
{
    /// <summary>What to show when all is well.</summary>
    /// <exception cref="CliException">The token is refused.</exception>
    public static async Task<string> TryAsync(Invocation call, CancellationToken cancel)
    {
        var apps = await call.Api.ListNewestAsync("/apps", "name", 1, ApiJson.Default.AppResourceArray, cancel);
        if (apps is not [var app, ..])
            return "not tried: there is no app yet";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.GitUrl}/info/refs?service=git-upload-pack");
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($":{call.Api.Login.Token}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        using var answer = await call.Streams.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        return answer.StatusCode == HttpStatusCode.OK
            ? $"{app.GitUrl} answers"
            : throw new CliException(
                ExitCode.Denied,
                $"{app.GitUrl} answers with {(int)answer.StatusCode}.",
                "Sign in again with 'neeto login'."
            );
    }
}
