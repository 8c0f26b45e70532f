using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Dynos;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Tests.Dynos;

public sealed class DynoEnvironmentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private static readonly AccountRef Owner = new(default, "owner@example.com");
    private static readonly DynoKey Key = new(
        new AppId(Guid.Parse("11111111-1111-1111-1111-111111111111")),
        DynoName.Parse("web.1"),
        new ReleaseVersion(12),
        3
    );

    [Fact]
    public void Config_vars_come_along_and_never_hide_what_the_platform_sets()
    {
        var environment = For(Vars(("COLOUR", "red"), ("PORT", "1"), ("DYNO", "mine")));

        Assert.Equal("red", environment["COLOUR"]);
        Assert.Equal("web.1", environment["DYNO"]);
        Assert.Equal(DynoIdentity.PortOf(Key.ToString()).ToString(null as IFormatProvider), environment["PORT"]);
        Assert.Equal(("/app", "/app", "512"), (environment["HOME"], environment["PWD"], environment["MEMORY_AVAILABLE"]));
    }

    [Fact]
    public void An_image_without_a_launcher_says_itself_where_home_is()
    {
        var runnable = Runnable(Vars());
        var image = new ProcessImage(runnable.Release.Slug!.Image, []);
        var slug = runnable.Release.Slug with { Images = ImmutableSortedDictionary<string, ProcessImage>.Empty.Add("web", image) };

        var environment = DynoEnvironment.For(
            Key,
            DynoSize.Default,
            runnable with
            {
                Release = runnable.Release with { Slug = slug },
            },
            null
        );

        Assert.DoesNotContain(environment.Keys, name => name is "HOME" or "PWD");
        Assert.Contains("PORT", environment.Keys);
    }

    [Fact]
    public void A_dyno_of_another_process_type_has_no_port() =>
        Assert.DoesNotContain(
            "PORT",
            DynoEnvironment.For(Key with { Name = DynoName.Parse("worker.1") }, DynoSize.Default, Runnable(Vars()), null).Keys
        );

    [Fact]
    public void A_one_off_dyno_has_a_port_and_what_it_is_given_wins_over_config_vars()
    {
        var key = Key with { Name = DynoName.Parse("run.4711") };

        var environment = DynoEnvironment.ForRun(key, DynoSize.Default, Runnable(Vars(("TERM", "dumb"))), null, Vars(("TERM", "xterm")));

        Assert.Equal("xterm", environment["TERM"]);
        Assert.Equal(DynoIdentity.PortOf(key.ToString()).ToString(null as IFormatProvider), environment["PORT"]);
    }

    [Fact]
    public void Metadata_is_there_only_when_the_app_wants_it()
    {
        Assert.DoesNotContain(For(Vars()).Keys, name => name.StartsWith("HEROKU_", StringComparison.Ordinal));

        var environment = For(Vars(), ["runtime-dyno-metadata"]);

        Assert.Equal("shop", environment["HEROKU_APP_NAME"]);
        Assert.Equal("v12", environment["HEROKU_RELEASE_VERSION"]);
        Assert.Equal("1a2b3c4d", environment["HEROKU_SLUG_COMMIT"]);
        Assert.Equal("2026-11-23T06:00:00Z", environment["HEROKU_RELEASE_CREATED_AT"]);
    }

    private static ImmutableSortedDictionary<string, string> For(ImmutableSortedDictionary<string, string> vars, string[]? features = null)
    {
        var app = new AppView(
            Key.App,
            AppName.Parse("shop"),
            Owner,
            "neeto-12",
            "neeto-12",
            false,
            Now,
            Now,
            Now,
            1,
            null,
            [],
            [.. features ?? []]
        );
        return DynoEnvironment.For(Key, DynoSize.Default, Runnable(vars), app);
    }

    private static RunnableRelease Runnable(ImmutableSortedDictionary<string, string> vars)
    {
        var image = new ImageRef("127.0.0.1:5001", "apps/x", ImageDigest.FromHash(new byte[32]));
        var slug = new SlugView(default, default, image, Vars(("web", "node .")), "1a2b3c4d", 1, "neeto-12", null, Now);
        var release = new ReleaseView(
            default,
            Key.Release,
            Key.App,
            "Deploy 1a2b3c4d",
            ReleaseStatus.Succeeded,
            Owner,
            slug,
            true,
            true,
            null,
            Now,
            Now
        );
        return new RunnableRelease(release, vars);
    }

    private static ImmutableSortedDictionary<string, string> Vars(params (string Name, string Value)[] vars) =>
        vars.ToImmutableSortedDictionary(v => v.Name, v => v.Value);
}
