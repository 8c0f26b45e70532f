using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using NeetoDeploy.Cli.Http;
using NeetoDeploy.Cli.Output;
using NeetoDeploy.Cli.Sessions;

namespace NeetoDeploy.Cli.Commands;

/// <summary>One run of a command: what was typed, and what it may use.</summary>
internal sealed class Invocation(ParseResult parsed, Screen screen, bool json) : IDisposable
{
    private ApiClient? api;

    public Screen Screen { get; } = screen;

    /// <summary>The answer as JSON, for programs.</summary>
    public bool Json { get; } = json;

    /// <summary>The installation.</summary>
    /// <exception cref="CliException">Nobody has signed in.</exception>
    public ApiClient Api => api ??= new ApiClient(Login.Find());

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

    public void Dispose() => api?.Dispose();
}
