using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The Ruby buildpack with a Debian mirror whose ruby and bundle are bash scripts that say what they were asked.</summary>
public sealed class RubyBuildpackTests : IClassFixture<RubyBuildpackTests.Mirror>, IDisposable
{
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };
    private readonly Mirror mirror;

    public RubyBuildpackTests(Mirror mirror)
    {
        this.mirror = mirror;
        mirror.Debian.For(fixture);
        fixture.Write("app/Gemfile", "gem \"rack\"\n");
        fixture.Write("app/Gemfile.lock", Lock("rack"));
    }

    [Fact]
    public async Task Without_a_source_gems_are_Debian_s_packages()
    {
        fixture.Write("app/config.ru", "");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("No version is asked for", output, StringComparison.Ordinal);
        Assert.Contains("Ruby 3.1.2: unpacked from Debian's packages", output, StringComparison.Ordinal);
        Assert.Contains("ruby-rack 2.2.22-0+deb12u2", output, StringComparison.Ordinal);
        Assert.Contains("bundle lock --local", output, StringComparison.Ordinal);
        Assert.Contains(
            "usr/share/rubygems-integration/all",
            fixture.Read("layers/neeto_ruby/gems/env/GEM_PATH.prepend"),
            StringComparison.Ordinal
        );
        Assert.Contains("usr/lib/ruby/3.1.0", fixture.Read("layers/neeto_ruby/ruby/env/RUBYLIB.prepend"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_code_alone_asks_nobody_and_finds_the_lock_file_again()
    {
        File.Delete(fixture.At("app/Gemfile.lock"));
        (await fixture.RunAsync()).Expect(0);
        var asked = mirror.Debian.Asked;
        File.Delete(fixture.At("app/Gemfile.lock"));

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Equal(asked, mirror.Debian.Asked);
        Assert.Contains("Ruby 3.1.2: reused", output, StringComparison.Ordinal);
        Assert.Contains("Gems: reused", output, StringComparison.Ordinal);
        Assert.Equal("locked", fixture.Read("app/Gemfile.lock"));
    }

    [Fact]
    public async Task Gems_that_are_committed_are_installed_by_Bundler()
    {
        fixture.Write("app/vendor/cache/rack-2.2.22.gem", "");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("bundle install --jobs 4 --retry 2 --local", output, StringComparison.Ordinal);
        Assert.Equal(fixture.At("layers/neeto_ruby/gems"), fixture.Read("layers/neeto_ruby/gems/env/BUNDLE_PATH.override"));
        Assert.DoesNotContain("launch", fixture.Read("layers/neeto_ruby/headers.toml"), StringComparison.Ordinal);
        Assert.Contains("Gems: reused", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app/.ruby-version", "ruby-3.1\n", ".ruby-version asks for 3.1")]
    [InlineData("app/Gemfile.lock", "RUBY VERSION\n   ruby 3.1.2p20\n", "Gemfile.lock asks for 3.1.2")]
    public async Task A_pinned_version_is_told(string file, string content, string said)
    {
        fixture.Write(file, content);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app/.ruby-version", "3.3.0\n", ".ruby-version asks for Ruby 3.3.0, and this stack has 3.1.2")]
    [InlineData("app/Gemfile.lock", "RUBY VERSION\n   ruby 3.2.4p170\n", "Gemfile.lock asks for Ruby 3.2.4, and this stack has 3.1.2")]
    public async Task A_version_that_cannot_be_had_fails_the_build(string file, string content, string said)
    {
        fixture.Write(file, content);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rack", "config.ru", "web -> bundle exec rackup config.ru -o 0.0.0.0 -p $PORT")]
    [InlineData("railties", "config.ru", "web -> bundle exec rails server -b 0.0.0.0 -p $PORT -e $RAILS_ENV")]
    public async Task The_default_process_follows_the_framework(string gem, string file, string said)
    {
        fixture.Write("app/Gemfile.lock", Lock(gem));
        fixture.Write($"app/{file}", "");

        Assert.Contains(said, (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_nothing_starts_is_told_so() =>
        Assert.Contains("Nothing starts this app", (await fixture.RunAsync()).Expect(0).Errors, StringComparison.Ordinal);

    public void Dispose() => fixture.Dispose();

    private static string Lock(string gem) => $"GEM\n  remote: http://127.0.0.1:1/\n  specs:\n    {gem} (2.2.22)\n";

    /// <summary>Made once for all tests.</summary>
    public sealed class Mirror : IDisposable
    {
        private const string Ruby = """
            #!/usr/bin/env bash
            case $* in *" candidates" | *" choose "*) echo ruby-rack ;; esac
            """;

        private const string Bundle = """
            #!/usr/bin/env bash
            [[ $1 != lock || -f Gemfile.lock ]] || printf locked > Gemfile.lock
            [[ $1 != install ]] || mkdir -p "$BUNDLE_PATH/ruby"
            """;

        internal FakeDebianMirror Debian { get; } =
            new FakeDebianMirror()
                .Add("ruby", "1:3.1", ("usr/bin/ruby", Ruby))
                .Add("ruby-bundler", "2.3.15-2", ("usr/bin/bundle", Bundle))
                .Add("ruby-dev", "1:3.1")
                .Add("ruby-rack", "2.2.22-0+deb12u2", ("usr/share/ruby-rack", ""))
                .AddTo("ruby", "ruby3.1", "3.1.7+really3.1.2-0+deb12u1");

        public void Dispose() => Debian.Dispose();
    }
}
