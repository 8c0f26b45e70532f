using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands;

/// <summary>One run of a command: what was typed, and what it may use.</summary>
internal sealed class Invocation(ParseResult parsed, Surroundings around, bool json) : IDisposable
{
    private ApiClient? api;
    private HttpClient? streams;
    private CancellationToken unread;

    public Surroundings Around { get; } = around;

    public Screen Screen { get; } = Screen.Of(around);

    /// <summary>The answer as JSON, for programs.</summary>
    public bool Json { get; } = json;

    /// <summary>The stored sign-in.</summary>
    public LoginFile Logins { get; } = new(around.Variable);

    /// <summary>The installation.</summary>
    /// <exception cref="CliException">Nobody has signed in.</exception>
    public ApiClient Api => api ??= new ApiClient(Logins.Find());

    /// <summary>For URLs that carry their own secret, and so must not get the token. Their answers may take as long as they like.</summary>
    public HttpClient Streams => streams ??= new HttpClient(Trust.Handler(Api.Login.AuthorityFile)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Whether what follows something has ended because nobody reads it.</summary>
    public bool IsUnread => unread.IsCancellationRequested;

    /// <summary>For what only shows something as it comes: ends with the command, and with the last reader of standard output.</summary>
    public CancellationTokenSource WhileRead(CancellationToken cancel) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancel, unread = Around.WatchOutput());

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>Shows a result: as JSON when asked for, else as the command shows it to people.</summary>
    public int Show<T>(T result, JsonTypeInfo<T> shape, Action plain)
    {
        if (Json)
            Screen.Json(result, shape);
        else
            plain();
        return ExitCode.Ok;
    }

    public void Dispose()
    {
        api?.Dispose();
        streams?.Dispose();
    }
}
