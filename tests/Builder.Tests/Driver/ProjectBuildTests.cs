using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Fake.Images;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>How <c>project.toml</c> steers a build.</summary>
public sealed class ProjectBuildTests : IAsyncLifetime
{
    private BuilderFixture builder = null!;

    public async ValueTask InitializeAsync() => builder = await BuilderFixture.StartAsync(new FakeImageStore(TimeProvider.System));

    public ValueTask DisposeAsync()
    {
        builder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("[[io.buildpacks.group]]\nid = \"heroku/nodejs\"", "", "neeto/nodejs 1.0.0, neeto/procfile 1.0.0?")]
    [InlineData("[[io.buildpacks.group]]\nid = \"neeto/nodejs\"\nversion = \"1.0.0\"", "", "neeto/nodejs 1.0.0, neeto/procfile 1.0.0?")]
    [InlineData(
        "[[io.buildpacks.group]]\nid = \"me\"\n[io.buildpacks.group.script]\napi = \"0.10\"\ninline = \"x\"",
        "",
        "me 0.0.0, neeto/procfile 1.0.0?"
    )]
    [InlineData(
        "[[io.buildpacks.group]]\nid = \"me\"\n[io.buildpacks.group.script]\napi = \"0.10\"\ninline = \"x\"",
        "heroku/nodejs",
        "neeto/nodejs 1.0.0, neeto/procfile 1.0.0?"
    )]
    public async Task Its_buildpacks_are_used_unless_the_app_has_its_own(string toml, string ofApp, string order)
    {
        var seen = "";
        builder.Sandboxes.Script = Scripts.NodeAnd(s => seen = Order(File.ReadAllText(s["/layers/order.toml"])));

        await BuildAsync(toml, job => ofApp.Length == 0 ? job : job with { Buildpacks = [new BuildpackRef(ofApp)] });

        Assert.Equal(order, seen);
    }

    [Fact]
    public async Task What_it_puts_before_and_behind_every_group_is_told_to_the_lifecycle_with_the_buildpacks_that_come_along()
    {
        var (system, mode) = ("", UnixFileMode.None);
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
        {
            system = File.ReadAllText(s["/layers/system.toml"]);
            mode = File.GetUnixFileMode(s["/buildpacks/me_early/0.0.0/bin/build"]);
        });

        await BuildAsync(
            "[[io.buildpacks.pre.group]]\nid = \"me/early\"\n[io.buildpacks.pre.group.script]\napi = \"0.10\"\ninline = \"x\"\n"
                + "[[io.buildpacks.post.group]]\nid = \"neeto/procfile\""
        );

        Assert.Matches("(?s)system.pre.*me/early.*0.0.0.*system.post.*neeto/procfile.*1.0.0", system);
        Assert.True(mode.HasFlag(UnixFileMode.OtherExecute));
        Assert.Contains("-order /cnb/order.toml", string.Join(' ', builder.Sandboxes.Started.Single().Command), StringComparison.Ordinal);
        builder.AssertNothingLeft();
    }

    [Fact]
    public async Task Its_variables_reach_buildpacks_and_config_vars_win()
    {
        var seen = new List<string>();
        builder.Sandboxes.Script = Scripts.NodeAnd(s =>
            seen.AddRange(new[] { "A", "B" }.Select(n => File.ReadAllText(s[$"/platform/env/{n}"])))
        );

        await BuildAsync(
            "[[io.buildpacks.build.env]]\nname = \"A\"\nvalue = \"project\"\n[[io.buildpacks.build.env]]\nname = \"B\"\nvalue = \"project\"\n",
            job => job with { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("B", "config") }
        );

        Assert.Equal(["project", "config"], seen);
    }

    [Fact]
    public async Task A_builder_that_it_names_is_told_of_and_not_used()
    {
        await BuildAsync("[io.buildpacks]\nbuilder = \"cnbs/sample-builder:noble\"");

        Assert.Contains(
            "project.toml names the builder cnbs/sample-builder:noble; this build uses the stack neeto-12",
            builder.Output.Text
        );
    }

    [Theory]
    [InlineData(
        "[[io.buildpacks.group]]\nid = \"neeto/nodejs\"\nversion = \"9.9.9\"",
        BuildPhase.Detect,
        "wants neeto/nodejs 9.9.9, and this installation has 1.0.0"
    )]
    [InlineData("[[io.buildpacks.post.group]]\nid = \"acme/cobol\"", BuildPhase.Detect, "the buildpack acme/cobol cannot be used: ")]
    [InlineData("[io.buildpacks]\ninclude = [\"a\"]\nexclude = [\"b\"]", BuildPhase.Prepare, "both 'include' and 'exclude'")]
    public async Task What_cannot_be_done_fails_the_build_with_its_reason(string toml, BuildPhase phase, string reason)
    {
        var failure = await builder.FailAsync(builder.Job(Archives.File("project.toml", toml), Archives.File("server.js", "1")));

        Assert.Equal(phase, failure.Phase);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private Task BuildAsync(
        string toml,
        Func<NeetoDeploy.Drivers.Abstractions.Builds.BuildJob, NeetoDeploy.Drivers.Abstractions.Builds.BuildJob>? adjust = null
    )
    {
        var job = builder.Job(Archives.File("project.toml", toml), Archives.File("server.js", "1"));
        return builder.BuildAsync(adjust?.Invoke(job) ?? job);
    }

    /// <summary>An order of one group in a line.</summary>
    private static string Order(string toml) =>
        string.Join(
            ", ",
            toml.Split("[[order.group]]")
                .Skip(1)
                .Select(b =>
                    b.Split('"') is var words
                        ? $"{words[1]} {words[3]}{(b.Contains("optional = true", StringComparison.Ordinal) ? "?" : "")}"
                        : ""
                )
        );
}
