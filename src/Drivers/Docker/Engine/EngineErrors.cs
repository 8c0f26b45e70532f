using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>What an engine's refusals and silences mean to the platform.</summary>
internal static class EngineErrors
{
    /// <summary>The code of a refusal to make what has another one's name; Podman refuses so with networks, too.</summary>
    public const string NameTaken = "engine.conflict";

    /// <summary>The code of a refusal to make a network whose addresses another one has.</summary>
    public const string SubnetTaken = "network.subnet_taken";

    public static DriverException Translate(Exception failure, string socket) =>
        failure switch
        {
            DriverException known => known,
            DockerImageNotFoundException e => Of(DriverErrorKind.NotFound, "image.not_found", e),
            DockerContainerNotFoundException e => Of(DriverErrorKind.NotFound, "container.not_found", e),
            DockerNetworkNotFoundException e => Of(DriverErrorKind.NotFound, "network.not_found", e),
            DockerApiException e => OfAnswer(e),
            OperationCanceledException or TimeoutException => new(
                DriverErrorKind.TimedOut,
                "engine.timed_out",
                $"The container engine at {socket} took too long to answer.",
                failure
            ),
            HttpRequestException or SocketException or IOException or ObjectDisposedException => new(
                DriverErrorKind.Unavailable,
                "engine.unavailable",
                $"The container engine does not answer at {socket}. Start Docker (systemctl start docker, or dockerd) or Podman's socket.",
                failure
            ),
            _ => new(DriverErrorKind.Bug, "engine.bug", $"The container engine's answer was not understood: {failure.Message}", failure),
        };

    /// <summary>The failure that an engine reports inside a stream whose status was already 200.</summary>
    public static DriverException OfProgress(string message) =>
        OfAnswer(new DockerApiException(HttpStatusCode.InternalServerError, JsonSerializer.Serialize(new { message })));

    /// <summary>A signal was refused because the container does not run (any more).</summary>
    public static bool IsNotRunning(DockerApiException refusal) =>
        refusal.StatusCode == HttpStatusCode.Conflict
        || IsAnyOf(refusal.ResponseBody ?? refusal.Message, "can only kill running containers");

    private static DriverException OfAnswer(DockerApiException answer)
    {
        var text = answer.ResponseBody ?? answer.Message;
        if (text.Contains("no space left on device", StringComparison.OrdinalIgnoreCase))
            return Of(DriverErrorKind.QuotaExceeded, "engine.disk_full", answer);
        if (
            text.Contains("manifest unknown", StringComparison.OrdinalIgnoreCase)
            || text.Contains("No such image", StringComparison.Ordinal)
        )
            return Of(DriverErrorKind.NotFound, "image.not_found", answer);
        if (text.Contains("connection refused", StringComparison.Ordinal) && text.Contains("/v2/", StringComparison.Ordinal))
            return Of(DriverErrorKind.Unavailable, "registry.unavailable", answer);
        // Podman gives these the status of a failure of its own.
        if (IsAnyOf(text, "name is already in use", "network already exists"))
            return Of(DriverErrorKind.Conflict, NameTaken, answer);
        if (IsAnyOf(text, "overlaps", "is already used on the host or by another config"))
            return Of(DriverErrorKind.Conflict, SubnetTaken, answer);
        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest => Of(DriverErrorKind.Invalid, "engine.invalid", answer),
            HttpStatusCode.NotFound => Of(DriverErrorKind.NotFound, "engine.not_found", answer),
            HttpStatusCode.Conflict => Of(DriverErrorKind.Conflict, NameTaken, answer),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Of(DriverErrorKind.Denied, "engine.denied", answer),
            HttpStatusCode.ServiceUnavailable => Of(DriverErrorKind.Unavailable, "engine.unavailable", answer),
            _ => Of(DriverErrorKind.Bug, "engine.failed", answer),
        };
    }

    private static bool IsAnyOf(string text, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (text.Contains(phrase, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static DriverException Of(DriverErrorKind kind, string code, DockerApiException answer) =>
        new(kind, code, $"The container engine says: {Message(answer)}", answer);

    private static string Message(DockerApiException answer)
    {
        try
        {
            using var body = JsonDocument.Parse(answer.ResponseBody ?? "");
            return body.RootElement.GetProperty("message").GetString() ?? answer.Message;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return answer.Message;
        }
    }
}
