using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace NeetoDeploy.Api.Git;

/// <summary>
/// Runs <c>git http-backend</c> for a request: the CGI program (RFC 3875) that speaks git's smart HTTP protocol (gitprotocol-http(5)). Bodies stream both
/// ways. When the client goes away git goes on: a build that has begun is not thrown away.
/// </summary>
internal sealed partial class GitBackend(GitRepositories repositories, ILogger<GitBackend> log)
{
    /// <param name="path">Repository and service: <c>NAME.git/info/refs</c>.</param>
    /// <param name="hook">What the hooks of this request find in their environment.</param>
    public async Task RunAsync(HttpContext http, string path, Actor actor, IReadOnlyDictionary<string, string> hook)
    {
        AllowAnyBody(http);
        using var git = Process.Start(Describe(http.Request, path, actor, hook))!;
        var error = git.StandardError.ReadToEndAsync(CancellationToken.None);
        var sending = SendBodyAsync(http.Request, git.StandardInput.BaseStream);
        await ReceiveAsync(http.Response, git.StandardOutput.BaseStream, http.RequestAborted);
        await git.WaitForExitAsync(CancellationToken.None);
        await sending;
        if (git.ExitCode != 0)
            LogFailed(path, git.ExitCode, await error);
    }

    private ProcessStartInfo Describe(HttpRequest request, string path, Actor actor, IReadOnlyDictionary<string, string> hook)
    {
        var start = new ProcessStartInfo("git", ["http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var keep = start.Environment.TryGetValue("PATH", out var search) ? search : null;
        start.Environment.Clear();
        start.Environment["PATH"] = keep;
        start.Environment["GIT_PROJECT_ROOT"] = repositories.Root;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["PATH_INFO"] = $"/{path}";
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?');
        start.Environment["CONTENT_TYPE"] = request.ContentType;
        start.Environment["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString();
        start.Environment["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString();
        start.Environment["REMOTE_USER"] = actor.Email;
        start.Environment["REMOTE_ADDR"] = request.HttpContext.Connection.RemoteIpAddress?.ToString();
        Configure(start, ("core.hooksPath", Path.Combine(AppContext.BaseDirectory, "Git")), ("safe.directory", "*"));
        foreach (var (name, value) in hook)
            start.Environment[name] = value;
        return start;
    }

    private static void Configure(ProcessStartInfo start, params ReadOnlySpan<(string Key, string Value)> settings)
    {
        start.Environment["GIT_CONFIG_COUNT"] = $"{settings.Length}";
        for (var i = 0; i < settings.Length; i++)
        {
            start.Environment[$"GIT_CONFIG_KEY_{i}"] = settings[i].Key;
            start.Environment[$"GIT_CONFIG_VALUE_{i}"] = settings[i].Value;
        }
    }

    /// <summary>A repository may have any size, and a slow line any speed.</summary>
    private static void AllowAnyBody(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static async Task SendBodyAsync(HttpRequest request, Stream input)
    {
        try
        {
            await request.Body.CopyToAsync(input, request.HttpContext.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // git has ended first, or the client has gone; git sees the end of its input and says what it thinks of that.
        }
        finally
        {
            await input.DisposeAsync();
        }
    }

    private static async Task ReceiveAsync(HttpResponse response, Stream output, CancellationToken aborted)
    {
        var reader = PipeReader.Create(output);
        await ReadHeadersAsync(response, reader);
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            if (!aborted.IsCancellationRequested)
            {
                foreach (var part in read.Buffer)
                    await response.BodyWriter.WriteAsync(part, CancellationToken.None);
            }
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    /// <summary>The CGI header: <c>Status:</c> is the status, the rest are headers.</summary>
    private static async Task ReadHeadersAsync(HttpResponse response, PipeReader reader)
    {
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            var buffer = read.Buffer;
            while (TryReadLine(ref buffer, out var line))
            {
                if (line.Length == 0)
                {
                    reader.AdvanceTo(buffer.Start);
                    return;
                }
                Apply(response, line);
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }
        }
    }

    private static bool TryReadLine(ref System.Buffers.ReadOnlySequence<byte> buffer, out string line)
    {
        var reader = new System.Buffers.SequenceReader<byte>(buffer);
        var found = reader.TryReadTo(out System.Buffers.ReadOnlySequence<byte> bytes, (byte)'\n');
        line = found ? Encoding.ASCII.GetString(bytes).TrimEnd('\r') : "";
        if (found)
            buffer = buffer.Slice(reader.Position);
        return found;
    }

    private static void Apply(HttpResponse response, string line)
    {
        if (line.Split(": ", 2) is not [var name, var value])
            return;
        if (name.Equals("Status", StringComparison.OrdinalIgnoreCase))
            response.StatusCode = int.Parse(value.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture);
        else
            response.Headers[name] = value;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "git http-backend {Path} ended with {ExitCode}: {Error}")]
    private partial void LogFailed(string path, int exitCode, string error);
}
