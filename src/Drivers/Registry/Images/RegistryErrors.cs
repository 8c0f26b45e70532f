using System.Net;
using System.Text.Json;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Registry.Images;

/// <summary>What a registry's refusal means (OCI Distribution Specification, "Error Codes").</summary>
internal static class RegistryErrors
{
    public static async Task<DriverException> FromAsync(HttpResponseMessage response, string noun, CancellationToken cancel)
    {
        var text = await ReasonAsync(response, cancel);
        var (kind, reason) = KindOf(response.StatusCode);
        return new DriverException(kind, $"{noun}.{reason}", $"The registry answered {(int)response.StatusCode}: {text}");
    }

    private static (DriverErrorKind Kind, string Reason) KindOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.NotFound => (DriverErrorKind.NotFound, "not_found"),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (DriverErrorKind.Denied, "denied"),
            HttpStatusCode.TooManyRequests => (DriverErrorKind.QuotaExceeded, "too_many_requests"),
            HttpStatusCode.RequestTimeout => (DriverErrorKind.TimedOut, "timed_out"),
            HttpStatusCode.Conflict => (DriverErrorKind.Conflict, "conflict"),
            >= HttpStatusCode.InternalServerError => (DriverErrorKind.Unavailable, "unavailable"),
            >= HttpStatusCode.BadRequest => (DriverErrorKind.Invalid, "invalid"),
            _ => (DriverErrorKind.Bug, "unexpected_answer"),
        };

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(64 * 1024, cancel);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancel));
            var error = body.RootElement.GetProperty("errors")[0];
            return $"{error.GetProperty("code").GetString()}: {error.GetProperty("message").GetString()}";
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or HttpRequestException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or IndexOutOfRangeException
            )
        {
            return response.ReasonPhrase ?? "no reason given";
        }
    }
}
