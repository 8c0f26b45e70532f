using NeetoDeploy.Core.Apps;
using NeetoDeploy.Router.Forwarding;

namespace NeetoDeploy.Router.Logs;

/// <summary>What the log says of one request. Values that were never known are null and stay empty in the text.</summary>
internal sealed record RouterLine
{
    // A client may send 8 kB of path and of addresses, and thousands of lines may wait: what is kept is bounded.
    private const int LongestTarget = 2048;
    private const int LongestForwardedFor = 512;

    public required AppId App { get; init; }

    public required DateTimeOffset Time { get; init; }

    public RouterError? Error { get; init; }

    public required string Method { get; init; }

    public required string Target { get; init; }

    public required string Host { get; init; }

    public required string RequestId { get; init; }

    public required string ForwardedFor { get; init; }

    public string? Dyno { get; init; }

    public TimeSpan? Connect { get; init; }

    public TimeSpan? Service { get; init; }

    public required int Status { get; init; }

    public long? Bytes { get; init; }

    public string Protocol { get; init; } = "http";

    /// <param name="connect">Null when the request was never sent to a dyno.</param>
    public static RouterLine Of(Exchange exchange, RouterError? error, int status, TimeSpan took, TimeSpan? connect) =>
        new()
        {
            App = exchange.Entry.App,
            Time = exchange.Started + took,
            Error = error,
            Method = exchange.Method,
            Target = Cut(exchange.Target, LongestTarget),
            Host = exchange.Host,
            RequestId = exchange.RequestId,
            ForwardedFor = Cut(exchange.ForwardedFor, LongestForwardedFor),
            Dyno = exchange.Dyno,
            Connect = connect,
            Service = connect is null ? null : took - connect,
            Status = error?.Status ?? status,
            Bytes = exchange.Dyno is null ? null : exchange.Bytes,
        };

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
