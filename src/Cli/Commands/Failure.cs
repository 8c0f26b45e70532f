using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using NeetoDeploy.Cli.Http;

namespace NeetoDeploy.Cli.Commands;

/// <summary>What goes wrong outside of us, in words and with an exit code.</summary>
internal static class Failure
{
    private const string IsItRunning = "Is it running? 'neeto status' says; 'neeto up' starts it.";

    /// <summary>Null for what is our own mistake: that shall be seen in full.</summary>
    public static CliException? Explain(Exception exception) =>
        exception switch
        {
            CliException e => e,
            ApiException e => new CliException(CodeOf(e.Status), e.Message, Advice(e.Status)),
            HttpRequestException { StatusCode: { } status } => new CliException(
                CodeOf(status),
                $"The installation answered {(int)status} to a URL that it had given.",
                "Such URLs serve for a limited time: run the command again."
            ),
            HttpRequestException { InnerException: AuthenticationException e } => Distrusted(e),
            AuthenticationException e => Distrusted(e),
            HttpRequestException e => new CliException(
                ExitCode.Unreachable,
                $"The installation does not answer ({e.Message}).",
                IsItRunning
            ),
            SocketException e => new CliException(ExitCode.Unreachable, $"The installation does not answer ({e.Message}).", IsItRunning),
            JsonException e => new CliException(
                ExitCode.Failed,
                $"The installation's answer cannot be understood ({e.Message}).",
                "Is the address that of an installation's API? 'neeto doctor' checks it."
            ),
            OperationCanceledException => new CliException(
                ExitCode.Unreachable,
                "The installation took too long to answer.",
                "'neeto doctor' checks what is wrong."
            ),
            IOException or UnauthorizedAccessException => new CliException(ExitCode.Failed, exception.Message),
            _ => null,
        };

    private static CliException Distrusted(AuthenticationException e) =>
        new(
            ExitCode.Unreachable,
            $"The installation's certificate is not trusted ({e.Message}).",
            "Sign in with 'neeto login --ca-file FILE', or set GIT_SSL_CAINFO."
        );

    private static int CodeOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.NotFound => ExitCode.NotFound,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Denied,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => ExitCode.Unreachable,
            _ => ExitCode.Failed,
        };

    private static string? Advice(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => "Sign in with 'neeto login', or set NEETO_TOKEN.",
            _ => null,
        };
}
