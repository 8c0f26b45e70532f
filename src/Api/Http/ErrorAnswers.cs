using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Api.Http;

/// <summary>Turns whatever a request ran into an answer that gives nothing away.</summary>
public sealed partial class ErrorAnswers(ILogger<ErrorAnswers> log)
{
    private const int ClientClosedRequest = 499;

    public IResult For(Exception exception, HttpContext http, string requestId) =>
        exception switch
        {
            ApiRefusal refusal => Refused(refusal, http),
            AccessDeniedException => Denied(http),
            BadHttpRequestException e => Answer.Failed(e.StatusCode, "bad_request", e.Message),
            OperationCanceledException when http.RequestAborted.IsCancellationRequested => Results.StatusCode(ClientClosedRequest),
            _ when Outage.Is(exception) => Unavailable(exception, http, requestId),
            _ => Broken(exception, http, requestId),
        };

    private static IResult Refused(ApiRefusal refusal, HttpContext http)
    {
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        return Answer.Failed(refusal.Status, refusal.Id, refusal.Message, refusal.Resource);
    }

    /// <summary>Whoever may not do a thing must not learn that it exists.</summary>
    private static IResult Denied(HttpContext http) =>
        Refused(ApiRefusal.NotFound(Array.Find(["app", "team"], http.Request.RouteValues.ContainsKey) ?? "resource"), http);

    private IResult Unavailable(Exception exception, HttpContext http, string requestId)
    {
        LogUnavailable(exception, http.Request.Method, http.Request.Path, requestId);
        return Answer.Failed(
            StatusCodes.Status503ServiceUnavailable,
            "unavailable",
            $"The control plane cannot answer right now; try again in a moment. Request id: {requestId}"
        );
    }

    private IResult Broken(Exception exception, HttpContext http, string requestId)
    {
        LogBroken(exception, http.Request.Method, http.Request.Path, requestId);
        return Answer.Failed(
            StatusCodes.Status500InternalServerError,
            "internal_server_error",
            $"Something went wrong on our side; the log of the installation says more. Request id: {requestId}"
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} could not be answered (request {RequestId})")]
    private partial void LogUnavailable(Exception exception, string method, string path, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (request {RequestId})")]
    private partial void LogBroken(Exception exception, string method, string path, string requestId);
}
