using System.IO.Compression;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>
/// The Python buildpack with a Debian mirror whose Python is this machine's, and which says what it was asked when it is to run pip. What reads
/// requirements is pip's own.
/// </summary>
public sealed class PythonBuildpackTests : IClassFixture<PythonBuildpackTests.Mirror>, IDisposable
{
    private const string Interpreter = """
        #!/usr/bin/env bash
        case "$*" in
          *compileall*) exit 0 ;;
          *PyPI.simple_url*) echo "file://${0%/layers/*}/index"; exit 0 ;;
          "-m venv"*) mkdir -p "$4/bin" "$4/lib"; exit 0 ;;
          "-m pip"*) mkdir -p "${4%/bin/*}/lib/python3.11/site-packages/my_lib-1.2.3.dist-info"; echo "pip ${*: -1}"; [[ ! -e fail-install ]] || { echo "No matching distribution found"; exit 1; }; exit 0 ;;
        esac
        exec /usr/bin/python3 "$@"
        """;

    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };
    private readonly Mirror mirror;

    public PythonBuildpackTests(Mirror mirror)
    {
        this.mirror = mirror;
        mirror.Debian.For(fixture);
        fixture.Write("app/Procfile", "web: gunicorn app:app\n");
    }

    [Fact]
    public async Task Without_an_index_requirements_are_Debian_s_packages()
    {
        fixture.Write("app/requirements.txt", "flask >= 2 # the framework\ngunicorn\nPyYAML==6.0\npywin32; sys_platform == 'win32'\n");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("No version is asked for", output, StringComparison.Ordinal);
        Assert.Contains("Python 3.11.2: unpacked from Debian's packages", output, StringComparison.Ordinal);
        Assert.Contains("python3-flask 2.2.2-3", output, StringComparison.Ordinal);
        Assert.Contains("python3-yaml 6.0-3+b2", output, StringComparison.Ordinal);
        Assert.True(fixture.Exists("layers/neeto_python/dependencies/usr/bin/gunicorn"));
        Assert.DoesNotContain("launch", fixture.Read("layers/neeto_python/pip.toml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flask==3.0.0", "flask==3.0.0: Debian has 2.2.2")]
    [InlineData("flask==3.0.0", "NEETO_PYTHON_ALLOW_DEBIAN_VERSIONS=1")]
    [InlineData("no-such-package", "no-such-package: Debian has no package python3-no-such-package")]
    [InlineData("git+https://example.com/repo.git", "Debian has only what is published")]
    [InlineData("-r more.txt", "flask<2: Debian has 2.2.2")]
    public async Task What_Debian_does_not_have_is_said(string requirements, string said)
    {
        fixture.Write("app/requirements.txt", requirements);
        fixture.Write("app/more.txt", "flask<2");

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debian_s_versions_are_taken_for_others_when_the_app_says_so()
    {
        fixture.Write("app/requirements.txt", "flask==3.0.0\n");
        fixture.Write("platform/env/NEETO_PYTHON_ALLOW_DEBIAN_VERSIONS", "1");

        var run = (await fixture.RunAsync()).Expect(0);

        Assert.Contains("flask==3.0.0: Debian has 2.2.2, which is taken", run.Errors, StringComparison.Ordinal);
        Assert.True(fixture.Exists("layers/neeto_python/dependencies/usr/lib/python3/dist-packages/flask.py"));
    }

    [Theory]
    [InlineData(".python-version", "3.11", ".python-version asks for 3.11")]
    [InlineData("runtime.txt", "python-3.11.2\n", "runtime.txt asks for 3.11.2")]
    public async Task A_pinned_version_is_told(string file, string version, string said)
    {
        fixture.Write("app/requirements.txt", "");
        fixture.Write($"app/{file}", version);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".python-version", "# ours\n3.12\n", ".python-version asks for Python 3.12, and this stack has 3.11.2")]
    [InlineData(".python-version", "3.1", ".python-version asks for Python 3.1, and this stack has 3.11.2")]
    [InlineData("runtime.txt", "3.11", "is not a version of Python. Write python-3.11")]
    [InlineData(".python-version", "pypy3.9", "is not a version of Python")]
    public async Task A_version_that_cannot_be_had_fails_the_build(string file, string version, string said)
    {
        fixture.Write("app/requirements.txt", "");
        fixture.Write($"app/{file}", version);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_code_alone_asks_nobody_and_touches_nothing()
    {
        fixture.Write("app/requirements.txt", "flask\n");
        (await fixture.RunAsync()).Expect(0);
        var asked = mirror.Debian.Asked;
        fixture.Write("app/app.py", "changed");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Equal(asked, mirror.Debian.Asked);
        Assert.Contains("Python 3.11.2: reused", output, StringComparison.Ordinal);
        Assert.Contains("Requirements: reused", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_index_answers_pip_installs_into_an_environment_of_its_own()
    {
        fixture.Write("index/pip", "");
        fixture.Write("app/requirements.txt", "flask==3.0.0\n");

        Assert.Contains("pip requirements.txt", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(fixture.At("layers/neeto_python/venv/bin"), fixture.Read("layers/neeto_python/venv/env/PATH.prepend"));
        Assert.Contains("pkg:pypi/my-lib@1.2.3", fixture.Materials("neeto_python", "venv"));
        Directory.Delete(fixture.At("index"), recursive: true);
        var again = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("Requirements: reused", again, StringComparison.Ordinal);
        Assert.DoesNotContain("pip requirements.txt", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_the_app_s_own_is_used_and_what_pip_says_is_shown()
    {
        fixture.Write("app/requirements.txt", "flask\n");
        fixture.Write("app/fail-install", "");
        fixture.Write("platform/env/PIP_INDEX_URL", "http://packages.example/simple");

        var run = (await fixture.RunAsync()).Expect(51);

        Assert.Contains("No matching distribution found", run.Output, StringComparison.Ordinal);
        Assert.Contains("pip could not install the requirements", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pipfile.lock", """{"default": {"flask": {"version": "==2.2.2"}}, "develop": {"pytest": {"version": "==1"}}}""")]
    [InlineData("Pipfile", "[packages]\nflask = \"*\"\n[dev-packages]\npytest = \"*\"\n")]
    [InlineData("pyproject.toml", "[project]\nname = \"shop\"\nrequires-python = \">=3.9\"\ndependencies = [\"flask>=2\"]\n")]
    [InlineData(
        "uv.lock",
        """
            [[package]]
            name = "shop"
            source = { virtual = "." }
            dependencies = [{ name = "flask" }, { name = "pywin32", marker = "sys_platform == 'win32'" }]
            [[package]]
            name = "flask"
            version = "2.2.2"
            [[package]]
            name = "pytest"
            version = "8.0"
            """
    )]
    public async Task Each_kind_of_list_is_read_without_what_is_for_development(string file, string content)
    {
        fixture.Write($"app/{file}", content);

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains($"Installing the requirements of {file}", output, StringComparison.Ordinal);
        Assert.Contains("python3-flask 2.2.2-3", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poetry_lock_is_read_as_pyproject_toml_asks()
    {
        fixture.Write("app/pyproject.toml", "[tool.poetry.dependencies]\npython = \"^3.9\"\nflask = \"^2\"\n");
        fixture.Write(
            "app/poetry.lock",
            """
            [[package]]
            name = "flask"
            version = "2.2.2"
            [package.dependencies]
            pyyaml = ">=6"
            [[package]]
            name = "pyyaml"
            version = "6.0"
            [[package]]
            name = "pytest"
            version = "8.0"
            """
        );

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("python3-flask 2.2.2-3", output, StringComparison.Ordinal);
        Assert.Contains("python3-yaml 6.0-3+b2", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_of_versions_without_this_one_fails_the_build()
    {
        fixture.Write("app/pyproject.toml", "[project]\nname = \"shop\"\nrequires-python = \">=3.13\"\n");

        Assert.Contains(
            "requires-python (pyproject.toml) is '>=3.13'",
            (await fixture.RunAsync()).Expect(51).Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_app_that_nothing_starts_is_told_so()
    {
        File.Delete(fixture.At("app/Procfile"));
        fixture.Write("app/requirements.txt", "");

        Assert.Contains("Nothing starts this app", (await fixture.RunAsync()).Expect(0).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();

    /// <summary>Made once for all tests.</summary>
    public sealed class Mirror : IDisposable
    {
        private static readonly string[] Parsers = ["pip/_vendor/packaging/", "pip/_vendor/pyparsing/"];

        internal FakeDebianMirror Debian { get; } =
            new FakeDebianMirror()
                .Add("python3", "3.11.2-1+b1", ("usr/bin/python3", Interpreter))
                .Add("python3-distutils", "3.11.2-3")
                .Add("python-is-python3", "3.11.2-1+deb12u1")
                .Add("python3-dev", "3.11.2-1+b1")
                .Add("python3-pip", "23.0.1+dfsg-1", [.. Packaging()])
                .Add("python3-setuptools", "66.1.1-1")
                .Add("python3-wheel", "0.38.4-2")
                .Add("dh-python", "5.2023", ("usr/share/dh-python/dist/cpython3_fallback", "Flask python3-flask\nPyYAML python3-yaml\n"))
                .Add("python3-flask", "2.2.2-3", ("usr/lib/python3/dist-packages/flask.py", ""))
                .Add("python3-yaml", "6.0-3+b2")
                .Add("python3-gunicorn", "20.1.0-6")
                .Add("gunicorn", "20.1.0-6", ("usr/bin/gunicorn", "#!/usr/bin/python3\n"));

        public void Dispose() => Debian.Dispose();

        /// <summary>The parsers out of the wheel of Debian's python3-pip-whl.</summary>
        private static IEnumerable<(string Path, string Content)> Packaging()
        {
            const string Modules = "usr/lib/python3/dist-packages";
            using var wheel = ZipFile.OpenRead(Directory.GetFiles("/usr/share/python-wheels", "pip-*.whl").Single());
            yield return ($"{Modules}/pip/__init__.py", "");
            yield return ($"{Modules}/pip/_vendor/__init__.py", "");
            foreach (var entry in wheel.Entries.Where(e => Parsers.Any(p => e.FullName.StartsWith(p, StringComparison.Ordinal))))
            {
                using var reader = new StreamReader(entry.Open());
                yield return ($"{Modules}/{entry.FullName}", reader.ReadToEnd());
            }
        }
    }
}
