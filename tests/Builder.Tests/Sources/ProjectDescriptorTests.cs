using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Tests.Sources;

/// <summary>What a source's <c>project.toml</c> asks for, and what it does to the source.</summary>
public sealed class ProjectDescriptorTests : IDisposable
{
    private readonly SourceTreeFixture fixture = new();

    [Theory]
    [InlineData(
        "[_]\nschema-version = \"0.2\"\n[io.buildpacks]\nbuilder = \"b\"\n[[io.buildpacks.group]]\nid = \"x/y\"\nversion = \"1.0.0\"\n[[io.buildpacks.build.env]]\nname = \"N\"\nvalue = \"v\""
    )]
    [InlineData(
        "[io.buildpacks]\nbuilder = \"b\"\n[[io.buildpacks.group]]\nid = \"x/y\"\nversion = \"1.0.0\"\n[[io.buildpacks.build.env]]\nname = \"N\"\nvalue = \"v\""
    )]
    [InlineData(
        "[project]\nid = \"p\"\n[build]\nbuilder = \"b\"\n[[build.buildpacks]]\nid = \"x/y\"\nversion = \"1.0.0\"\n[[build.env]]\nname = \"N\"\nvalue = \"v\""
    )]
    public void Each_schema_says_the_same(string toml)
    {
        var project = ProjectDescriptor.Parse(toml);

        Assert.Equal(new ProjectBuildpack("x/y", "1.0.0", "", null), Assert.Single(project.Group));
        Assert.Equal(("b", "N", "v"), (project.Builder, project.Environment[0].Key, project.Environment[0].Value));
    }

    [Theory]
    [InlineData("= 1", "cannot be used")]
    [InlineData("[_]\nschema-version = \"9.9\"", "schema-version 9.9")]
    [InlineData("[io.buildpacks]\ninclude = [\"a\"]\nexclude = [\"b\"]", "both 'include' and 'exclude'")]
    [InlineData("[[io.buildpacks.group]]\nid = \"a\"\nversion = \"1\"\nuri = \"x\"", "more than one of")]
    [InlineData("[[io.buildpacks.pre.group]]\nversion = \"1\"", "neither an 'id' nor a 'uri'")]
    [InlineData("[[io.buildpacks.post.group]]\nid = \"../x y\"", "cannot be a buildpack's id")]
    [InlineData("[[io.buildpacks.group]]\nid = \"config\"", "cannot be a buildpack's id")]
    [InlineData("[[io.buildpacks.group]]\nid = \"a\"\n[io.buildpacks.group.script]\napi = \"0.10\"", "both 'api' and 'inline'")]
    [InlineData(
        "[[io.buildpacks.group]]\nid = \"a\"\n[io.buildpacks.group.script]\napi = \"0.10\"\ninline = \"x\"\nshell = \"bash\"",
        "must be a full path"
    )]
    [InlineData("[[io.buildpacks.group]]\nuri = \"./gone\"", "no such folder")]
    [InlineData("[[io.buildpacks.group]]\nuri = \"../up\"", "no such folder")]
    [InlineData("[[io.buildpacks.group]]\nuri = \"empty/\"", "has no buildpack.toml")]
    [InlineData("[[io.buildpacks.group]]\nuri = \"odd\"", "its buildpack.toml must have an id")]
    public async Task What_contradicts_itself_or_leads_nowhere_is_refused(string toml, string reason) =>
        Assert.Contains(
            reason,
            await fixture.RefusalAsync(
                Archives.Tar(
                    Archives.File("project.toml", toml),
                    Archives.File("empty/x", ""),
                    Archives.File("odd/buildpack.toml", "[buildpack]\nid = \"a\"\nversion = \"../..\"")
                )
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("exclude = [\"docs/\", \"*.md\", \"!keep.md\"]", "keep.md main.go pkg pkg/util.go project.toml spec spec/x.rb")]
    [InlineData("exclude = [\"/spec\", \"docs/**/b\"]", "docs docs/deep docs/deep/a keep.md main.go pkg pkg/util.go project.toml read.md")]
    [InlineData("include = [\"pkg/\", \"main.go\"]", "main.go pkg pkg/util.go")]
    [InlineData("include = [\"*.go\"]", "main.go pkg pkg/util.go")]
    [InlineData("include = [\"docs/deep/a\"]", "docs docs/deep docs/deep/a")]
    [InlineData("", "docs docs/deep docs/deep/a docs/deep/b keep.md main.go pkg pkg/util.go project.toml read.md spec spec/x.rb")]
    public async Task The_build_sees_what_is_included_or_not_excluded(string patterns, string seen)
    {
        string[] files = ["main.go", "read.md", "keep.md", "pkg/util.go", "docs/deep/a", "docs/deep/b", "spec/x.rb"];

        await fixture.UnpackAsync(
            Archives.Tar([Archives.File("project.toml", $"[io.buildpacks]\n{patterns}\n"), .. files.Select(f => Archives.File(f, f))])
        );

        Assert.Equal(seen, string.Join(' ', fixture.Listing().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_script_in_the_file_becomes_a_buildpack()
    {
        await fixture.UnpackAsync(
            Archives.Tar(
                Archives.File(
                    "project.toml",
                    "[[io.buildpacks.group]]\nid = \"me/post\"\n[io.buildpacks.group.script]\napi = \"0.10\"\nshell = \"/bin/bash -e\"\ninline = \"echo hi\"\n"
                )
            )
        );

        Assert.Equal(("me/post", "0.0.0"), (fixture.Project.Group[0].Id, fixture.Project.Group[0].Version));
        Assert.Equal("#!/bin/bash -e\n\necho hi\n", File.ReadAllText(Path.Combine(fixture.Folder, "buildpacks/me_post/0.0.0/bin/build")));
        Assert.Contains(
            "api = \"0.10\"",
            File.ReadAllText(Path.Combine(fixture.Folder, "buildpacks/me_post/0.0.0/buildpack.toml")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_buildpack_in_the_source_is_taken_from_there_even_when_it_is_excluded()
    {
        await fixture.UnpackAsync(
            Archives.Tar(
                Archives.File("app.sh", ""),
                Archives.File("project.toml", "[build]\nexclude = [\"mine\"]\n[[build.buildpacks]]\nuri = \"mine/\"\n"),
                Archives.File("mine/buildpack.toml", "api = \"0.10\"\n[buildpack]\nid = \"samples/bash-script\"\nversion = \"0.0.1\"\n"),
                Archives.File("mine/bin/build", "#!/bin/sh\n", executable: true)
            )
        );

        Assert.Equal(("samples/bash-script", "0.0.1"), (fixture.Project.Group[0].Id, fixture.Project.Group[0].Version));
        var program = Path.Combine(fixture.Folder, "buildpacks/samples_bash-script/0.0.1/bin/build");
        Assert.True(File.GetUnixFileMode(program).HasFlag(UnixFileMode.OtherExecute));
        Assert.Equal(["app.sh", "project.toml"], fixture.Listing());
    }

    public void Dispose() => fixture.Dispose();
}
