using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The buildpack for static sites, with a Debian mirror whose nginx is a script that accepts all settings.</summary>
public sealed class StaticBuildpackTests : IDisposable
{
    private readonly FakeDebianMirror mirror = new();
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public StaticBuildpackTests()
    {
        mirror.For(fixture).Add("nginx", "1.22.1-9", ("usr/sbin/nginx", "#!/bin/sh\n"), ("etc/nginx/mime.types", ""));
    }

    [Fact]
    public async Task The_tag_of_a_site_changes_with_its_files_alone()
    {
        fixture.Write("app/index.html", "one");
        var first = await TagAsync();
        var again = await TagAsync();
        fixture.Write("app/index.html", "two");

        Assert.Equal(first, again);
        Assert.NotEqual(first, await TagAsync());
    }

    [Fact]
    public async Task Headers_of_a_path_are_those_of_the_file_that_is_served_for_it()
    {
        fixture.Write("app/index.html", "");
        fixture.Write(
            "app/static.json",
            """{"clean_urls":true,"headers":{"/":{"X-A":"1"},"/index.html":{"X-A":"2"},"/about":{"X-A":"3"},"/docs/**":{"X-A":"4"}}}"""
        );

        (await fixture.RunAsync()).Expect(0);

        var settings = fixture.Read("layers/neeto_static/site/nginx.conf");
        Assert.Contains("\"/about.html\" \"3\";", settings, StringComparison.Ordinal);
        Assert.Contains("\"/index.html\" \"2\";", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("\"/index.html\" \"1\";", settings, StringComparison.Ordinal);
        Assert.Contains("\"~^/docs/.*$\" \"4\";", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_no_file_is_served_by_the_first_route_that_matches()
    {
        fixture.Write("app/index.html", "");
        fixture.Write("app/static.json", """{"routes":{"/shop/*":"shop/index.html","/**":"index.html"}}""");

        (await fixture.RunAsync()).Expect(0);

        var settings = fixture.Read("layers/neeto_static/site/nginx.conf");
        Assert.Matches(
            """
            map \$uri \$site_route \{\s+default /.no-route;\s+"~\^/shop/\[\^/\]\*\$" /shop/index.html;\s+"~\^/\.\*\$" /index.html;
            """.Trim(),
            settings
        );
        Assert.Contains("try_files $uri $uri/ $site_route =404;", settings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_and_the_way_to_https_are_nginx_s()
    {
        fixture.Write("app/index.html", "");
        fixture.Write(
            "app/static.json",
            """{"https_only":true,"redirects":{"/old":{"url":"/new","status":302},"/blog/**":"https://blog.example.com/"}}"""
        );

        (await fixture.RunAsync()).Expect(0);

        var settings = fixture.Read("layers/neeto_static/site/nginx.conf");
        Assert.Matches("""location = "/old" \{\s+return 302 "/new";""", settings);
        Assert.Matches("""location ~ "\^/blog/\.\*\$" \{\s+return 301 "https://blog.example.com/";""", settings);
        Assert.Contains("if ($http_x_forwarded_proto = http)", settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("""{"routes":{"/**":"../secret"}}""", "must be a plain path inside the site")]
    [InlineData("""{"routes":{"/{a}":"a.html"}}""", "has a character that cannot be used here")]
    [InlineData("""{"routes":["/**"]}""", "routes must be an object")]
    [InlineData("""{"redirects":{"/a":{"url":"/b","status":200}}}""", "the status 200 is none of a redirect")]
    [InlineData("""{"redirects":{"/a":{"status":301}}}""", "has no url")]
    [InlineData("""{"root":"../secrets"}""", "must be a plain path inside the app")]
    [InlineData("""{"root":"dist"}""", "is no folder of the app")]
    [InlineData("""{"headers":{"/":{"X-A":"a; b"}}}""", "has a character that cannot be used here")]
    public async Task What_is_wrong_with_static_json_is_said(string settings, string said)
    {
        fixture.Write("app/static.json", settings);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        fixture.Dispose();
        mirror.Dispose();
    }

    private async Task<string> TagAsync()
    {
        (await fixture.RunAsync()).Expect(0);
        return fixture
            .Read("layers/neeto_static/site/nginx.conf")
            .Split('\n')
            .Single(line => line.Contains("add_header ETag", StringComparison.Ordinal));
    }
}
