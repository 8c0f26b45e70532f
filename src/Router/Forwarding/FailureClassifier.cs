using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>Finds the code of a failed forwarding. Pure.</summary>
internal static class FailureClassifier
{
    /// <summary>Null when a WebSocket merely ended: closing it is how both sides say goodbye.</summary>
    public static RouterError? Classify(ForwarderError error, Exception? exception, bool clientGone, bool firstByteLate)
    {
        if (firstByteLate)
            return RouterError.RequestTimeout;
        return error switch
        {
            ForwarderError.UpgradeActivityTimeout => RouterError.IdleConnection,
            ForwarderError.UpgradeRequestCanceled
            or ForwarderError.UpgradeRequestClient
            or ForwarderError.UpgradeRequestDestination
            or ForwarderError.UpgradeResponseCanceled
            or ForwarderError.UpgradeResponseClient
            or ForwarderError.UpgradeResponseDestination => null,
            _ when clientGone => RouterError.ClientInterrupted,
            ForwarderError.Request => OfRequest(exception),
            ForwarderError.RequestTimedOut => RouterError.IdleConnection,
            ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled =>
                RouterError.ClientInterrupted,
            ForwarderError.ResponseBodyClient => IsTimeout(exception) ? RouterError.IdleConnection : RouterError.ClientInterrupted,
            ForwarderError.RequestBodyClient => OfUpload(exception),
            ForwarderError.RequestBodyDestination => RouterError.ServerInterrupted,
            ForwarderError.ResponseHeaders => RouterError.PoorlyFormattedResponse,
            ForwarderError.ResponseBodyDestination => IsTimeout(exception) ? RouterError.IdleConnection : RouterError.ServerInterrupted,
            _ => RouterError.Platform,
        };
    }

    private static RouterError OfRequest(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SocketException { SocketErrorCode: SocketError.TimedOut })
                return RouterError.ConnectTimeout;
            if (e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
                return e.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut }
                    ? RouterError.ConnectTimeout
                    : RouterError.ConnectRefused;
            if (
                e is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded
                }
            )
                return RouterError.PoorlyFormattedResponse;
        }

        return exception is HttpRequestException or IOException ? RouterError.ClosedWithoutResponse : RouterError.Platform;
    }

    private static RouterError OfUpload(Exception? exception)
    {
        if (Any<BadHttpRequestException>(exception))
            return RouterError.RequestError;
        return IsTimeout(exception) ? RouterError.ClientIdle : RouterError.ClientInterrupted;
    }

    private static bool IsTimeout(Exception? exception) => Any<OperationCanceledException>(exception);

    private static bool Any<T>(Exception? exception) =>
        exception is T || (exception is AggregateException all && all.InnerExceptions.Any(e => e is T));
}
