using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The PHP buildpack with a Debian mirror whose php is a bash script, and whose composer says what it was asked.</summary>
public sealed class PhpBuildpackTests : IClassFixture<PhpBuildpackTests.Mirror>, IDisposable
{
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };
    private readonly Mirror mirror;

    public PhpBuildpackTests(Mirror mirror)
    {
        this.mirror = mirror;
        mirror.Debian.For(fixture);
        fixture.Write("app/index.php", "");
    }

    [Fact]
    public async Task An_app_of_a_single_file_is_served_by_Apache()
    {
        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("No version is asked for", output, StringComparison.Ordinal);
        Assert.Contains("PHP 8.2.36: unpacked from Debian's packages", output, StringComparison.Ordinal);
        Assert.Contains("apache2 2.4.71: unpacked", output, StringComparison.Ordinal);
        Assert.Contains("Default process: web -> heroku-php-apache2", output, StringComparison.Ordinal);
        Assert.Equal("apache2", fixture.Read("layers/neeto_php/boot/env.launch/NEETO_PHP_SERVER.override"));
        Assert.True(fixture.Exists("app/vendor/bin/heroku-php-apache2"));
    }

    [Fact]
    public async Task The_layer_s_settings_name_what_is_in_the_layer()
    {
        (await fixture.RunAsync()).Expect(0);

        var root = fixture.At("layers/neeto_php/php");
        Assert.Equal($"{root}/etc/php/conf.d", fixture.Read("layers/neeto_php/php/env/PHP_INI_SCAN_DIR.override"));
        Assert.Contains(
            $"extension_dir = \"{root}/usr/lib/php/20220829\"",
            fixture.Read("layers/neeto_php/php/etc/php/conf.d/00-neeto.ini"),
            StringComparison.Ordinal
        );
        Assert.Contains("extension=curl.so", fixture.Read("layers/neeto_php/php/etc/php/conf.d/15-curl.ini"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Procfile_that_names_nginx_gets_nginx()
    {
        fixture.Write("app/Procfile", "web: vendor/bin/heroku-php-nginx public/\n");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("nginx 1.22.1: unpacked", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Default process", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extensions_come_as_composer_json_and_the_locked_packages_ask_for_them()
    {
        fixture.Write("app/composer.json", """{"require":{"ext-pdo_pgsql":"*","ext-json":"*"}}""");
        fixture.Write("app/composer.lock", """{"packages":[{"name":"a/b","require":{"php":">=8","ext-redis":"*"}}]}""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("pgsql", fixture.Read("layers/neeto_php/php/usr/share/php-pgsql"));
        Assert.Equal("redis", fixture.Read("layers/neeto_php/php/usr/share/php-redis"));
    }

    [Theory]
    [InlineData("{ nonsense", "composer.json is not valid")]
    [InlineData("[]", "it must hold a JSON object")]
    [InlineData("""{"require":{"php":"^7.4"}}""", "composer.json asks for PHP ^7.4, and this stack has 8.2.36")]
    [InlineData("""{"require":{"ext-nothing":"*"}}""", "Unable to locate package php-nothing")]
    public async Task What_is_wrong_with_composer_json_is_said(string composer, string said)
    {
        fixture.Write("app/composer.json", composer);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_code_alone_runs_neither_apt_nor_Composer()
    {
        fixture.Write("app/composer.json", """{"require":{"php":"^8.1","monolog/monolog":"^3"}}""");
        fixture.Write("app/composer.lock", "{}");
        Assert.Contains("composer install --no-dev", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        var asked = mirror.Debian.Asked;
        Directory.Delete(fixture.At("app/vendor"), recursive: true);

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Equal(asked, mirror.Debian.Asked);
        Assert.Contains("PHP 8.2.36: reused", output, StringComparison.Ordinal);
        Assert.Contains("vendor: reused", output, StringComparison.Ordinal);
        Assert.Equal("made", fixture.Read("app/vendor/autoload.php"));
    }

    [Fact]
    public async Task Packages_that_are_committed_are_used_as_they_are()
    {
        fixture.Write("app/composer.json", """{"require":{"monolog/monolog":"^3"}}""");
        fixture.Write("app/vendor/autoload.php", "");

        Assert.Contains("vendor is part of the source", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"name":"Monolog/monolog","version":"3.5.0"},{"name":"my/dev","version":"dev-feature/one"}]""")]
    [InlineData(
        """{"packages":[{"name":"Monolog/monolog","version":"3.5.0"},{"name":"my/dev","version":"dev-feature/one"}],"dev":false}"""
    )]
    public async Task Composer_s_own_account_is_a_bill_of_materials(string account)
    {
        fixture.Write("app/composer.json", """{"require":{"monolog/monolog":"^3"}}""");
        fixture.Write("app/vendor/autoload.php", "");
        fixture.Write("app/vendor/composer/installed.json", account);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:composer/monolog/monolog@3.5.0", "pkg:composer/my/dev@dev-feature%2Fone"], fixture.Materials("neeto_php"));
    }

    [Fact]
    public async Task What_Composer_says_is_shown_when_it_fails()
    {
        fixture.Write("app/composer.json", """{"require":{"monolog/monolog":"^3"}}""");
        fixture.Write("app/fail-install", "");

        var run = (await fixture.RunAsync()).Expect(51);

        Assert.Contains("could not be downloaded", run.Output, StringComparison.Ordinal);
        Assert.Contains("commit the folder vendor", run.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();

    /// <summary>Made once for all tests.</summary>
    public sealed class Mirror : IDisposable
    {
        private const string Php = """
            #!/usr/bin/env bash
            [[ ${*: -1} != ^7.4 ]]
            """;

        private const string Composer = """
            #!/usr/bin/env bash
            [[ ! -e fail-install ]] || { echo "packages.json could not be downloaded"; exit 1; }
            mkdir -p vendor && printf made > vendor/autoload.php
            """;

        internal FakeDebianMirror Debian { get; } =
            new FakeDebianMirror()
                .Add("php-cli", "2:8.2+93")
                .Add("php-fpm", "2:8.2+93")
                .Add("php-mbstring", "2:8.2+93")
                .Add("php-xml", "2:8.2+93")
                .Add("php-zip", "2:8.2+93")
                .Add("php-pgsql", "2:8.2+93", ("usr/share/php-pgsql", "pgsql"))
                .Add("php-redis", "5.3.7", ("usr/share/php-redis", "redis"))
                .Add("media-types", "10.0.0")
                .Add("php-composer-semver", "3.3.2-1")
                .Add("composer", "2.5.5-1", ("usr/bin/composer", Composer))
                .Add("apache2-bin", "2.4.71-1~deb12u1")
                .Add("nginx", "1.22.1-9+deb12u11")
                .Add("php-curl", "2:8.2+93", ("usr/share/php8.2-curl/curl/curl.ini", "; priority=15\nextension=curl.so\n"))
                .AddTo(
                    "php-cli",
                    "php8.2-cli",
                    "8.2.36-1~deb12u1",
                    ("usr/bin/php8.2", Php),
                    ("usr/lib/php/20220829/curl.so", ""),
                    ("usr/lib/php/8.2/php.ini-production", "[PHP]\n")
                );

        public void Dispose() => Debian.Dispose();
    }
}
