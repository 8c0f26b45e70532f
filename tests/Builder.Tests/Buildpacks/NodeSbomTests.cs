using System.Runtime.InteropServices;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>Bills of materials of packages that build scripts want beside the source, where they are in no layer.</summary>
public sealed class NodeSbomTests : IDisposable
{
    // Installs what the test has put into the folder "packages", and knows nothing of the app.
    private const string Install = """
        #!/usr/bin/env bash
        case $1 in ci | install) rm -rf node_modules; [[ ! -d packages ]] || cp -r packages node_modules ;; config) echo "$LINKER" ;; esac
        """;

    private const string Account = """
        {"name":"app","lockfileVersion":3,"packages":{
          "node_modules/left-pad":{"version":"1.3.0","resolved":"…"},
          "node_modules/other-name":{"name":"real-name","version":"2.0.0"},
          "node_modules/left-pad/node_modules/@my/lib":{"version":"0.1.0"},
          "node_modules/own":{"resolved":"libraries/own","link":true},
          "libraries/own":{"version":"9.9.9"},
          "libraries/own/node_modules/left-pad":{"version":"1.0.0"}}}
        """;

    private readonly FakeNpmRegistry registry = new();
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public NodeSbomTests()
    {
        registry.Add(
            $"node-linux-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}",
            "24.2.0",
            broken: false,
            // The machine's own: it is the last that is found.
            ("bin/node", "#!/usr/bin/env bash\nexec \"$(type -ap node | tail -n 1)\" \"$@\"\n"),
            ("include/node/node.h", "\n")
        );
        foreach (var (package, version) in new[] { ("npm", "11.2.0"), ("yarn", "1.22.22"), ("@yarnpkg/cli-dist", "4.5.3") })
        {
            var name = package.Split('/')[^1].Replace("cli-dist", "yarn", StringComparison.Ordinal);
            registry.Add(package, version, broken: false, ("package.json", "{\"bin\":{\"" + name + "\":\"cli.js\"}}"), ("cli.js", Install));
        }
        fixture.Write("platform/env/NPM_CONFIG_REGISTRY", registry.Url);
        fixture.Write("app/package.json", """{"scripts":{"build":"tsc"},"dependencies":{"left-pad":"1"}}""");
    }

    [Fact]
    public async Task Npm_s_own_account_of_them_is_the_bill()
    {
        fixture.Write("app/packages/.package-lock.json", Account);
        fixture.Write("app/packages/not-in-the-account/package.json", """{"name":"never-read","version":"1.0.0"}""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            ["pkg:npm/%40my/lib@0.1.0", "pkg:npm/left-pad@1.0.0", "pkg:npm/left-pad@1.3.0", "pkg:npm/real-name@2.0.0"],
            fixture.Materials("neeto_nodejs")
        );
    }

    [Fact]
    public async Task A_script_that_installs_more_elsewhere_makes_the_packages_themselves_speak()
    {
        fixture.Write("app/packages/.package-lock.json", Account);
        fixture.Write("app/packages/left-pad/package.json", """{"name":"left-pad","version":"1.3.0"}""");
        fixture.Write("app/client/node_modules/react/package.json", """{"name":"react","version":"19.0.0"}""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:npm/left-pad@1.3.0", "pkg:npm/react@19.0.0"], fixture.Materials("neeto_nodejs"));
    }

    [Theory]
    [InlineData("app/packages/.package-lock.json", Account)]
    [InlineData("app/packages/.yarn-integrity", "{}")]
    public async Task A_change_of_code_alone_writes_the_same_bytes_and_reads_no_package(string account, string content)
    {
        if (account.EndsWith("integrity", StringComparison.Ordinal))
            fixture.Write("app/yarn.lock", "");
        fixture.Write(account, content);
        fixture.Write("app/packages/left-pad/package.json", """{"name":"left-pad","version":"1.3.0"}""");
        (await fixture.RunAsync()).Expect(0);
        var first = fixture.Read(Bill);
        Assert.Contains("left-pad@1.3.0", first, StringComparison.Ordinal);
        // Whoever looked at it would see another version.
        fixture.Write("app/packages/left-pad/package.json", """{"name":"left-pad","version":"1.3.1"}""");
        fixture.Write("app/server.js", "changed");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(first, fixture.Read(Bill));
    }

    [Fact]
    public async Task Other_packages_are_another_bill()
    {
        fixture.Write("app/packages/.package-lock.json", Account);
        (await fixture.RunAsync()).Expect(0);
        fixture.Write("app/packages/.package-lock.json", """{"packages":{"node_modules/left-pad":{"version":"1.3.1"}}}""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:npm/left-pad@1.3.1"], fixture.Materials("neeto_nodejs"));
    }

    [Fact]
    public async Task An_app_that_has_none_any_more_has_no_bill_any_more()
    {
        fixture.Write("app/packages/.package-lock.json", Account);
        (await fixture.RunAsync()).Expect(0);
        Assert.True(fixture.Exists(Bill));
        Directory.Delete(fixture.At("app/packages"), recursive: true);

        (await fixture.RunAsync()).Expect(0);

        Assert.False(fixture.Exists(Bill));
        Assert.True(fixture.Exists(LifecycleFixture.BillOf("neeto_nodejs", "node")));
    }

    [Fact]
    public async Task Plug_n_Play_is_asked_what_it_knows()
    {
        fixture.Write("platform/env/LINKER", "pnp");
        fixture.Write("app/package.json", """{"packageManager":"yarn@4.5.3","dependencies":{"left-pad":"1"}}""");
        fixture.Write(
            "app/.pnp.cjs",
            """
            exports.getAllLocators = () => [
              {name: "app", reference: "workspace:."},
              {name: "left-pad", reference: "npm:1.3.0"},
              {name: "@my/lib", reference: "virtual:abc#npm:2.0.0-rc.1"},
              {name: "other-name", reference: "npm:@real/name@3.0.0"},
              {name: "typescript", reference: "patch:typescript@npm%3A5.4.5#optional!builtin<compat/typescript>::version=5.4.5&hash=abc"},
              {name: "of-another-machine", reference: "npm:1.0.0"},
            ];
            exports.getPackageInformation = ({name}) => ({packageLocation: `${__dirname}/${name === "of-another-machine" ? "nowhere" : "all"}.zip/node_modules/${name}/`});
            exports.resolveVirtual = () => null;
            """
        );

        fixture.Write("app/all.zip", "");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            ["pkg:npm/%40my/lib@2.0.0-rc.1", "pkg:npm/%40real/name@3.0.0", "pkg:npm/left-pad@1.3.0", "pkg:npm/typescript@5.4.5"],
            fixture.Materials("neeto_nodejs")
        );
    }

    public void Dispose()
    {
        fixture.Dispose();
        registry.Dispose();
    }

    private static string Bill => LifecycleFixture.BillOf("neeto_nodejs");
}
