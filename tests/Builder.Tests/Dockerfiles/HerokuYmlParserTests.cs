using CsCheck;
using NeetoDeploy.Builder.Dockerfiles;

namespace NeetoDeploy.Builder.Tests.Dockerfiles;

public sealed class HerokuYmlParserTests
{
    private const string Whole = """
        setup:
          addons:
            - plan: heroku-postgresql
              as: DATABASE
            - heroku-redis:mini
          config:
            S3_BUCKET: my-bucket   # of a new app
            WORKERS: 2
        build:
          docker:
            web: Dockerfile
            worker:
              dockerfile: worker/Dockerfile
              target: production
          config:
            RAILS_ENV: development
            FROM_APP:
        release:
          command:
            - rake db:migrate
            - rake db:seed
          image: worker
        run:
          web: bundle exec puma -C config/puma.rb
          clock:
            command: ["ruby clock.rb"]
            image: web
        """;

    [Fact]
    public void Everything_that_Heroku_s_reference_shows_is_read()
    {
        var yml = HerokuYmlParser.Parse(Whole);

        Assert.Equal([new("web", "Dockerfile", null), new("worker", "worker/Dockerfile", "production")], yml.Images);
        Assert.Equal([new("RAILS_ENV", "development"), new("FROM_APP", null)], yml.Arguments);
        Assert.Equal(new("release", "rake db:migrate && rake db:seed", "worker"), yml.Release);
        Assert.Equal([new("web", "bundle exec puma -C config/puma.rb", "web"), new("clock", "ruby clock.rb", "web")], yml.Run);
        Assert.Equal([new("S3_BUCKET", "my-bucket"), new("WORKERS", "2")], yml.Setup);
        Assert.Equal(["heroku-postgresql", "heroku-redis:mini"], yml.Addons);
    }

    [Fact]
    public void An_image_that_nothing_names_runs_what_it_says_itself()
    {
        Assert.Equal(["web", "clock", "release", "worker"], HerokuYmlParser.Parse(Whole).Processes().Select(process => process.Type));
        var plain = HerokuYmlParser.Parse("build:\n  docker:\n    worker: Dockerfile\n    release: Dockerfile.release\n");
        Assert.Equal([new("worker", null, "worker")], plain.Processes());
        Assert.Equal("worker", plain.MainImage);
    }

    [Fact]
    public void The_release_phase_runs_its_own_image_or_else_web_s()
    {
        Assert.Equal("web", Release("web: a\n    worker: b"));
        Assert.Equal("release", Release("web: a\n    release: b"));
        Assert.Equal("worker", Release("worker: b"));

        static string? Release(string images) =>
            HerokuYmlParser.Parse($"build:\n  docker:\n    {images}\nrelease:\n  command: go\n").Release?.Of;
    }

    [Theory]
    [InlineData("", "build.docker must name an image and its Dockerfile, such as 'web: Dockerfile'")]
    [InlineData("build:\n  docker:\n", "build.docker must name an image and its Dockerfile, such as 'web: Dockerfile'")]
    [InlineData("- web", "line 1: the document must be a mapping of keys to values")]
    [InlineData("build:\n  docker: Dockerfile\n", "line 2: build.docker must be a mapping of keys to values")]
    [InlineData(
        "build:\n  docker:\n    web: Dockerfile\nworkers: 2\n",
        "line 4: workers is not known; there may be setup, build, release, run"
    )]
    [InlineData(
        "build:\n  docker:\n    web:\n      file: x\n",
        "line 4: build.docker.web.file is not known; there may be dockerfile, target"
    )]
    [InlineData("build:\n  docker:\n    web: [a]\n", "line 3: build.docker.web must be some text")]
    [InlineData("build:\n  docker:\n    web:\n      target: x\n", "line 3: build.docker.web must say its dockerfile")]
    [InlineData(
        "build:\n  docker:\n    my web: a\n",
        "line 3: build.docker.my web is not a process type: use letters, digits, '-' and '_'"
    )]
    [InlineData("build:\n  docker:\n    web: a\nrun:\n  worker: b\n", "line 5: run.worker must say which image it runs: 'image: web'")]
    [InlineData(
        "build:\n  docker:\n    web: a\nrun:\n  worker:\n    image: jobs\n",
        "line 6: run.worker.image is jobs, which build.docker does not build"
    )]
    [InlineData("build:\n  docker:\n    web: a\nrelease:\n  image: web\n", "line 4: release must say its command")]
    [InlineData("build:\n  docker:\n    web: a\nrelease:\n  command: []\n", "line 5: release.command has no line")]
    [InlineData("build:\n  docker:\n    web: a\n  config: [x]\n", "line 4: build.config must be a mapping of keys to values")]
    [InlineData("build:\n  docker:\n    web: a\nsetup:\n  config:\n    A:\n", "line 6: setup.config.A must be some text")]
    [InlineData("build: {\no", "it is not YAML")]
    [InlineData("build:\n  docker:\n    web: &a Dockerfile\n    worker: *a\n", "line 4: aliases are not allowed")]
    public void What_is_wrong_is_told_with_its_line_and_key(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => HerokuYmlParser.Parse(text)).Message);

    [Theory]
    [InlineData("build: [")]
    [InlineData("build:\n\tdocker: x")]
    [InlineData("a: b: c")]
    [InlineData("build: {docker: {web: a}}\nbuild: {docker: {web: b}}")]
    public void What_is_not_YAML_is_told_with_its_line(string text) =>
        Assert.StartsWith("line ", Assert.Throws<FormatException>(() => HerokuYmlParser.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Brackets_without_end_are_refused_and_not_followed() =>
        Assert.Equal(
            "line 1: it is nested too deeply",
            Assert.Throws<FormatException>(() => HerokuYmlParser.Parse(new string('[', 100_000))).Message
        );

    [Fact]
    public void Whatever_the_text_it_is_read_or_refused() =>
        Gen.Char["abw:-[]{}\n \t#&*!|>'\"%@`,?~dockerfile"]
            .Array[0, 60]
            .Select(c => new string(c))
            .Sample(text =>
            {
                try
                {
                    HerokuYmlParser.Parse(text);
                }
                catch (FormatException) { }
            });
}
