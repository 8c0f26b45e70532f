using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Tests.Export;

public sealed class AppLayersTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_package_managers_bring_is_apart_from_the_code()
    {
        Make("server.js", "node_modules/express/index.js", "vendor/lib.rb", "src/node_modules.js");
        Assert.Equal(
            [
                "app:node_modules: app app/node_modules app/node_modules/express app/node_modules/express/index.js",
                "app:vendor: app app/vendor app/vendor/lib.rb",
                "app: app app/node_modules app/server.js app/src app/src/node_modules.js app/vendor",
            ],
            Cut()
        );
    }

    [Fact]
    public void Each_runtime_of_a_classic_buildpack_is_a_layer()
    {
        Make(".heroku/node/bin/node", ".heroku/python/bin/python", ".apt/usr/bin/figlet", ".venv/x", ".profile.d/apt.sh", "app.py");
        Assert.Equal(
            ["app:.heroku/node", "app:.heroku/python", "app:.apt", "app:.venv", "app"],
            Cut().Select(layer => layer[..layer.LastIndexOf(": ", StringComparison.Ordinal)])
        );
        Assert.Equal(
            "app: app app/.apt app/.heroku app/.heroku/node app/.heroku/python app/.profile.d app/.profile.d/apt.sh app/.venv app/app.py",
            Cut().Last()
        );
    }

    [Fact]
    public void A_link_to_modules_elsewhere_is_no_layer_of_its_own()
    {
        Make("server.js");
        File.CreateSymbolicLink(folder["node_modules"], "/layers/neeto_nodejs/modules/node_modules");
        Assert.Equal(["app: app app/node_modules app/server.js"], Cut());
    }

    [Fact]
    public void A_buildpacks_slices_come_first_with_the_folders_they_hang_in()
    {
        Make("public/assets/a.css", "public/index.html", "logs/x.log");
        Assert.Equal(
            [
                "app:slice1: app app/public app/public/assets app/public/assets/a.css",
                "app: app app/logs app/logs/x.log app/public app/public/index.html",
            ],
            Cut(["public/as*", "*.css"])
        );
    }

    [Fact]
    public void A_slice_may_be_written_as_a_full_path_and_takes_nothing_that_an_earlier_one_has_taken()
    {
        Make("a/1.css", "a/2.css", "b.css");
        Assert.Equal(
            ["app:slice1: app app/a app/a/1.css", "app:slice3: app app/a app/a/2.css", "app: app app/b.css"],
            Cut(["/app/a/1*"], ["/etc/*", "../*", "", "nothing"], ["./a/", "a/1.css"])
        );
    }

    [Fact]
    public void What_is_no_file_is_left_out()
    {
        Make("server.js");
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified
        );
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(folder["app.sock"]));
        Assert.Equal(["app: app app/server.js"], Cut());
    }

    private void Make(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
            File.WriteAllText(folder[file], file);
        }
    }

    private IEnumerable<string> Cut(params IReadOnlyList<IReadOnlyList<string>> slices) =>
        AppLayers
            .Cut(folder.Path, slices, SourceIndex.Empty, 1000)
            .Select(l => $"{l.Name}: {string.Join(' ', l.Entries.Select(e => e.Name))}");
}
