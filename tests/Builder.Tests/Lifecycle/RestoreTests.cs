namespace NeetoDeploy.Builder.Tests.Lifecycle;

public sealed class RestoreTests : IDisposable
{
    private const string MakeLayers = """
        (cd "$1"; shopt -s nullglob; files=(*); LC_ALL=C; echo -n "${files[*]}") > "$1.seen"
        for types in cache cache-launch cache-build launch build launch-build; do
          layer=$1/for-$types
          [[ -d $layer ]] || { mkdir "$layer"; touch "$layer/content"; }
          { echo '[types]'; for type in ${types//-/ }; do echo "$type = true"; done; echo '[metadata]'; echo "made = \"$types\""; } > "$layer.toml"
        done
        """;

    private readonly LifecycleFixture fixture = new();

    [Fact]
    public async Task Cached_layers_are_found_again_and_all_others_are_gone()
    {
        fixture.Buildpack("a", build: MakeLayers).Order("a");

        (await fixture.RunAsync()).Expect(0);
        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            "for-cache for-cache-build for-cache-build.toml for-cache-launch for-cache-launch.toml for-cache.toml",
            fixture.Read("layers/a.seen")
        );
    }

    [Fact]
    public async Task A_restored_layer_keeps_what_it_remembers_and_loses_its_types()
    {
        fixture.Buildpack("a", build: MakeLayers).Order("a");

        (await fixture.RunAsync()).Expect(0);
        (await fixture.RunAsync("restore")).Expect(0);

        Assert.Contains("made = \"cache\"", fixture.Read("layers/a/for-cache.toml"), StringComparison.Ordinal);
        Assert.DoesNotContain("types", fixture.Read("layers/a/for-cache.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_layer_that_is_only_in_the_image_the_memory_is_restored_without_contents()
    {
        fixture.Buildpack("a", build: MakeLayers).Order("a");
        (await fixture.RunAsync()).Expect(0);
        fixture.Write(
            "layers/previous-metadata.json",
            """{"buildpacks":[{"key":"a","layers":{"for-launch":{"sha":"sha256:1","launch":true,"data":{"made":"before","list":[1,true],"deep":{"x":1.5}}}}}]}"""
        );

        (await fixture.RunAsync("restore")).Expect(0);

        Assert.False(fixture.Exists("layers/a/for-launch"));
        Assert.Contains("made = \"before\"", fixture.Read("layers/a/for-launch.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_build_that_failed_the_cached_layers_that_it_left_alone_are_found_again()
    {
        fixture.Buildpack("a", build: MakeLayers + "\n[[ ! -e ../fail ]] || { touch \"$1/for-cache/half\"; exit 1; }").Order("a");
        (await fixture.RunAsync()).Expect(0);
        fixture.Write("fail", "");
        (await fixture.RunAsync()).Expect(51);
        (await fixture.RunAsync()).Expect(51);
        File.Delete(fixture.At("fail"));

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("for-cache-build for-cache-build.toml for-cache-launch for-cache-launch.toml", fixture.Read("layers/a.seen"));
        Assert.False(fixture.Exists("layers/a/for-cache/half"));
    }

    [Fact]
    public async Task After_a_build_that_failed_a_cached_layer_that_it_emptied_is_not_found()
    {
        fixture.Buildpack("a", build: MakeLayers + "\n[[ ! -e ../fail ]] || { rm -r \"$1\"/for-cache; exit 1; }").Order("a");
        (await fixture.RunAsync()).Expect(0);
        fixture.Write("fail", "");
        (await fixture.RunAsync()).Expect(51);
        File.Delete(fixture.At("fail"));

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("for-cache-build for-cache-build.toml for-cache-launch for-cache-launch.toml", fixture.Read("layers/a.seen"));
    }

    [Fact]
    public async Task What_a_buildpack_has_made_is_found_again_when_a_later_one_fails()
    {
        fixture.Buildpack("a", build: MakeLayers).Buildpack("b", build: MakeLayers + "\n[[ ! -e ../fail ]]").Order("a b");
        fixture.Write("fail", "");
        (await fixture.RunAsync()).Expect(51);
        File.Delete(fixture.At("fail"));

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            "for-cache for-cache-build for-cache-build.toml for-cache-launch for-cache-launch.toml for-cache.toml",
            fixture.Read("layers/a.seen")
        );
        Assert.Equal("", fixture.Read("layers/b.seen"));
    }

    [Fact]
    public async Task A_note_that_was_cut_off_costs_the_layers_and_not_the_build()
    {
        fixture.Buildpack("a", build: MakeLayers).Order("a");
        (await fixture.RunAsync()).Expect(0);
        fixture.Write("layers/.unfinished", "[[layers]]\npath = \"a/for");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("", fixture.Read("layers/a.seen"));
        Assert.False(fixture.Exists("layers/.unfinished"));
    }

    [Fact]
    public async Task Layers_of_buildpacks_that_no_longer_take_part_are_removed()
    {
        fixture.Buildpack("a", build: MakeLayers).Buildpack("b", build: MakeLayers);
        (await fixture.Order("a").RunAsync()).Expect(0);

        (await fixture.Order("b").RunAsync()).Expect(0);

        Assert.False(fixture.Exists("layers/a"));
        Assert.True(fixture.Exists("layers/b/for-cache"));
    }

    [Fact]
    public async Task What_a_buildpack_stores_survives()
    {
        fixture
            .Buildpack(
                "a",
                build: "cat \"$1/store.toml\" > \"$1.seen\" 2> /dev/null || true; printf '[metadata]\\nx = 1\\n' > \"$1/store.toml\""
            )
            .Order("a");

        (await fixture.RunAsync()).Expect(0);
        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("[metadata]\nx = 1\n", fixture.Read("layers/a.seen"));
    }

    [Fact]
    public async Task When_the_kept_layers_are_lost_the_image_tells_of_what_is_in_it_alone()
    {
        const string Previous = """
            {"exec-env":"production","buildpacks":[{"key":"a","store":{"metadata":{"kept":1}},"layers":{
              "alone":{"sha":"sha256:1","launch":true,"data":{"x":1}},
              "cached":{"sha":"sha256:2","launch":true,"cache":true},
              "built":{"sha":"sha256:3","launch":true,"build":true},
              "../up":{"sha":"sha256:4","launch":true}}}]}
            """;
        fixture.Buildpack("a", build: "(cd \"$1\"; grep . *) > \"$1.seen\"").Order("a").Write("layers/previous-metadata.json", Previous);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            "alone.toml:[metadata]\nalone.toml:x = 1\nstore.toml:[metadata]\nstore.toml:kept = 1\n",
            fixture.Read("layers/a.seen")
        );
        Assert.False(fixture.Exists("layers/up.toml"));
    }

    [Theory]
    [InlineData("CNB_SKIP_RESTORE", "true", "store.toml")]
    [InlineData("CNB_EXEC_ENV", "test", "")]
    public async Task Restoration_can_be_forgone_and_is_for_another_execution_environment(string variable, string value, string seen)
    {
        const string Previous = """
            {"exec-env":"production","buildpacks":[{"key":"a","store":{"metadata":{}},"layers":{"x":{"sha":"sha256:1","launch":true}}}]}
            """;
        fixture.Buildpack("a", build: "ls \"$1\" > \"$1.seen\"").Order("a").Write("layers/previous-metadata.json", Previous);
        fixture.Environment[variable] = value;

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(seen, fixture.Read("layers/a.seen").Trim());
    }

    public void Dispose() => fixture.Dispose();
}
