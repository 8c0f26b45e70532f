using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>A server with files, and git repositories below <c>/git/</c> that git itself serves.</summary>
internal sealed class BuildpackServer : IDisposable
{
    private readonly HttpListener listener;
    private readonly TempFolder folder = new();

    public BuildpackServer()
    {
        for (var tries = 0; ; tries++)
        {
            listener = new HttpListener();
            Url = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}";
            listener.Prefixes.Add(Url + "/");
            try
            {
                listener.Start();
                break;
            }
            catch (HttpListenerException) when (tries < 50) { }
        }
        _ = ServeAsync();
    }

    public string Url { get; }

    public string Host => Url["http://".Length..];

    /// <summary>What is served, by path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = [];

    /// <summary>Paths that lead elsewhere.</summary>
    public ConcurrentDictionary<string, string> Redirects { get; } = [];

    /// <summary>Below here only whoever got a token is answered.</summary>
    public string? Guarded { get; set; }

    /// <summary>Every request, as method and path.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Makes a repository, or a further commit in it, and answers the commit.</summary>
    public string Commit(string name, params (string Path, string Text)[] files)
    {
        var repository = folder[name];
        if (!Directory.Exists(repository))
            Git(".", "init", "-q", "-b", "main", name);
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(repository, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            File.SetUnixFileMode(file, (UnixFileMode)0b111_101_101);
        }
        Git(name, "add", "-A");
        Git(name, "commit", "-q", "-m", "x");
        return Git(name, "rev-parse", "HEAD");
    }

    public string Git(string repository, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "git",
            ["-C", folder[repository], "-c", "user.name=x", "-c", "user.email=x@x.test", "-c", "protocol.file.allow=always", .. arguments]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    public string PathOf(string repository) => folder[repository];

    public void Dispose()
    {
        listener.Close();
        folder.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        Requests.Enqueue($"{context.Request.HttpMethod} {path}");
        var response = context.Response;
        if (
            Guarded is not null
            && path.StartsWith(Guarded, StringComparison.Ordinal)
            && context.Request.Headers["Authorization"] != "Bearer t0ken"
        )
        {
            response.Headers["WWW-Authenticate"] = $"Bearer realm=\"{Url}/token\",service=\"x\",scope=\"y\"";
            response.StatusCode = 401;
            response.Close();
        }
        else if (Redirects.FirstOrDefault(r => path.StartsWith(r.Key, StringComparison.Ordinal)) is { Key: not null } redirect)
        {
            response.RedirectLocation = redirect.Value + context.Request.Url.PathAndQuery[redirect.Key.Length..];
            response.StatusCode = 301;
            response.Close();
        }
        else if (path.StartsWith("/git/", StringComparison.Ordinal))
        {
            await GitAsync(context, path["/git".Length..]);
        }
        else
        {
            response.StatusCode = Files.ContainsKey(path) ? 200 : 404;
            response.Close(Files.GetValueOrDefault(path, []), willBlock: false);
        }
    }

    /// <summary>git's own CGI program (git-http-backend).</summary>
    private async Task GitAsync(HttpListenerContext context, string path)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_PROJECT_ROOT"] = folder.Path;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["GIT_CONFIG_COUNT"] = "1";
        start.Environment["GIT_CONFIG_KEY_0"] = "safe.directory";
        start.Environment["GIT_CONFIG_VALUE_0"] = "*";
        start.Environment["PATH_INFO"] = path;
        start.Environment["QUERY_STRING"] = context.Request.Url!.Query.TrimStart('?');
        start.Environment["REQUEST_METHOD"] = context.Request.HttpMethod;
        start.Environment["CONTENT_TYPE"] = context.Request.ContentType ?? "";
        start.Environment["HTTP_CONTENT_ENCODING"] = context.Request.Headers["Content-Encoding"] ?? "";
        start.Environment["GIT_PROTOCOL"] = context.Request.Headers["Git-Protocol"] ?? "";
        using var process = Process.Start(start)!;
        await context.Request.InputStream.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        var (body, bytes) = (output.ToArray().AsSpan().IndexOf("\r\n\r\n"u8), output.ToArray());
        foreach (var line in System.Text.Encoding.ASCII.GetString(bytes, 0, body).Split("\r\n").Select(l => l.Split(": ", 2)))
        {
            if (line[0] == "Status")
                context.Response.StatusCode = int.Parse(line[1][..3], System.Globalization.CultureInfo.InvariantCulture);
            else
                context.Response.Headers[line[0]] = line[1];
        }
        context.Response.Close(bytes[(body + 4)..], willBlock: false);
    }
}
