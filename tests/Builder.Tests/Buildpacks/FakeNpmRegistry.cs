using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>An npm registry on a free port, with packages made of text files; it counts what is asked of it.</summary>
internal sealed class FakeNpmRegistry : IDisposable
{
    private readonly Dictionary<string, byte[]> answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, object>> versions = new(StringComparer.Ordinal);
    private readonly HttpListener listener = new();
    private readonly Task serving;
    private int requests;

    public FakeNpmRegistry()
    {
        Url = Listen();
        serving = ServeAsync();
    }

    public string Url { get; }

    public int Requests => Volatile.Read(ref requests);

    /// <summary>Adds a package; a broken one has another digest than the registry says.</summary>
    public void Add(string name, string version, bool broken, params (string Path, string Content)[] files)
    {
        var archive = Pack(files);
        var digest = Convert.ToBase64String(SHA512.HashData(broken ? [1, 2, 3] : archive));
        lock (answers)
        {
            answers[$"/{name}/-/{version}.tgz"] = archive;
            var all = versions.TryGetValue(name, out var known) ? known : versions[name] = [];
            all[version] = new { version, dist = new { integrity = "sha512-" + digest, tarball = $"{Url}/{name}/-/{version}.tgz" } };
            answers[$"/{name}"] = JsonSerializer.SerializeToUtf8Bytes(new { name, versions = all });
        }
    }

    public void Dispose()
    {
        listener.Close();
        serving.Wait();
    }

    private static byte[] Pack((string Path, string Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, "package/" + path)
                    {
                        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                    }
                );
            }
        }
        return bytes.ToArray();
    }

    // HttpListener takes no port 0: another is tried when the one that was free a moment ago no longer is.
    private string Listen()
    {
        while (true)
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
            probe.Stop();
            listener.Prefixes.Clear();
            listener.Prefixes.Add(url + "/");
            try
            {
                listener.Start();
                return url;
            }
            catch (HttpListenerException) { }
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        Interlocked.Increment(ref requests);
        byte[]? body;
        lock (answers)
            answers.TryGetValue(Uri.UnescapeDataString(context.Request.Url!.AbsolutePath), out body);
        context.Response.StatusCode = body is null ? 404 : 200;
        context.Response.Close(body ?? [], willBlock: true);
    }
}
