using System.IO.Compression;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The Java buildpack with a Debian mirror whose Maven is a bash script that copies jars into target.</summary>
public sealed class JavaBuildpackTests : IClassFixture<JavaBuildpackTests.Mirror>, IDisposable
{
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public JavaBuildpackTests(Mirror mirror)
    {
        mirror.Debian.For(fixture);
        fixture.Write("app/pom.xml", "<project/>");
        fixture.Write("jars/README", "");
    }

    [Theory]
    [InlineData("", "choosing 17, the newest that Debian has")]
    [InlineData("java.runtime.version=17", "java.runtime.version (system.properties): 17")]
    [InlineData("java.runtime.version = 17.0.3", "Of Java 17 the newest update is taken")]
    public async Task The_version_is_what_system_properties_asks_for(string properties, string said)
    {
        fixture.Write("app/system.properties", properties + "\n");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains("OpenJDK 17.0.19", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("java.runtime.version=21", "asks for Java 21, but Debian has: 17.")]
    [InlineData("java.runtime.version=new", "'new' (system.properties) is not a version")]
    public async Task A_version_that_is_not_there_is_refused(string properties, string said)
    {
        fixture.Write("app/system.properties", properties + "\n");

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_jar_that_is_a_program_is_web()
    {
        Jar("jars/hello.jar", "Main-Class: hello.Main");
        Jar("jars/library.jar", "Created-By: nobody");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("-DskipTests package", output, StringComparison.Ordinal);
        Assert.Contains("Default process: web -> java $JAVA_OPTS -jar target/hello.jar", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Spring_Boot_app_is_told_its_port()
    {
        Jar("jars/shop.jar", "Main-Class: Launcher\nSpring-Boot-Version: 3.3.0");

        Assert.Contains(
            "web -> java -Dserver.port=$PORT $JAVA_OPTS -jar target/shop.jar",
            (await fixture.RunAsync()).Expect(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_app_that_nothing_starts_is_told_what_to_add() =>
        Assert.Contains("Add a Procfile", (await fixture.RunAsync()).Expect(0).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task Where_Maven_s_repository_cannot_be_reached_Debian_s_is_taken_and_the_next_build_knows()
    {
        fixture.Write("app/no-central", "");

        var first = (await fixture.RunAsync()).Expect(0).Output;
        var second = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("building with what Debian's packages have", first, StringComparison.Ordinal);
        Assert.Equal(2, Runs(first));
        Assert.Equal(1, Runs(second));
        Assert.Contains(
            $"file://{fixture.At("layers/neeto_java/jdk/usr/share/maven-repo")}",
            fixture.Read("cache/maven-debian.xml"),
            StringComparison.Ordinal
        );

        static int Runs(string output) => output.Split("mvn --batch-mode").Length - 1 - (output.Split("bin/mvn --batch-mode").Length - 1);
    }

    [Fact]
    public async Task A_failing_build_shows_Maven_s_own_words()
    {
        fixture.Write("app/fail", "");

        var run = (await fixture.RunAsync()).Expect(51);

        Assert.Contains("COMPILATION ERROR", run.Output, StringComparison.Ordinal);
        Assert.Contains("The Maven build failed", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goals_and_options_are_config_vars()
    {
        fixture.Write("platform/env/MAVEN_CUSTOM_GOALS", "clean install");
        fixture.Write("platform/env/MAVEN_CUSTOM_OPTS", "-Pprod -DskipTests");

        Assert.Contains("-Pprod -DskipTests clean install", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mvnw", "--batch-mode")]
    [InlineData("gradlew", "--no-daemon build -x test")]
    public async Task A_wrapper_that_the_app_brings_is_used(string wrapper, string said)
    {
        fixture.Program($"app/{wrapper}", "#!/usr/bin/env bash\necho \"wrapper $*\"\n");
        if (wrapper == "gradlew")
            File.Delete(fixture.At("app/pom.xml"));

        Assert.Contains("wrapper " + said, (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jar_needs_nothing_but_a_runtime()
    {
        File.Delete(fixture.At("app/pom.xml"));
        Jar("app/shop.jar", "Main-Class: Main");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("web -> java $JAVA_OPTS -jar shop.jar", output, StringComparison.Ordinal);
        Assert.False(fixture.Exists("layers/neeto_java/jdk"));
    }

    [Fact]
    public async Task The_runtime_trusts_whom_the_stack_trusts()
    {
        (await fixture.RunAsync()).Expect(0);

        var store = await File.ReadAllBytesAsync(
            fixture.At("layers/neeto_java/jre/usr/lib/jvm/java-17-openjdk-amd64/lib/security/cacerts"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal([0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2], store[..8]);
        Assert.True(store.Length > 10_000, $"{store.Length} bytes");
        Assert.DoesNotContain("launch", fixture.Read("layers/neeto_java/jdk.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Libraries_in_jars_and_in_jars_inside_of_jars_have_a_bill_of_materials()
    {
        Jar("jars/shaded.jar", Pom("com.example", "shop", "1.0"), Pom("org.Shaded", "inner", "2.0"));
        Jar("app/target/dependency/guava-33.0.0-jre.jar", Pom("com.google.guava", "guava", "33.0.0-jre"));
        Jar("app/target/dependency/log4j-1.2-api-2.20.0.jar", ("Main.class", ""));
        Jar("app/target/dependency/nameless.jar", ("Main.class", ""));
        Jar("nested/spring-core-6.1.2.jar", ("Main.class", ""));
        Jar("nested/slf4j.jar", Pom("org.slf4j", "slf4j-api", "2.0.9"));
        using (var boot = ZipFile.Open(fixture.At("app/target/boot.jar"), ZipArchiveMode.Create))
        {
            foreach (var library in new[] { "spring-core-6.1.2.jar", "slf4j.jar" })
                boot.CreateEntryFromFile(fixture.At($"nested/{library}"), $"BOOT-INF/lib/{library}");
        }

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            [
                "pkg:maven/com.example/shop@1.0",
                "pkg:maven/com.google.guava/guava@33.0.0-jre",
                "pkg:generic/log4j-1.2-api@2.20.0",
                "pkg:maven/org.Shaded/inner@2.0",
                "pkg:maven/org.slf4j/slf4j-api@2.0.9",
                "pkg:generic/spring-core@6.1.2",
            ],
            fixture.Materials("neeto_java")
        );
    }

    public void Dispose() => fixture.Dispose();

    private void Jar(string path, string manifest) => Jar(path, [("META-INF/MANIFEST.MF", $"Manifest-Version: 1.0\n{manifest}\n")]);

    private void Jar(string path, params (string Name, string Content)[] entries)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(fixture.At(path))!);
        using var jar = ZipFile.Open(fixture.At(path), ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var writer = new StreamWriter(jar.CreateEntry(name).Open());
            writer.Write(content);
        }
    }

    private static (string Name, string Content) Pom(string group, string artifact, string version) =>
        (
            $"META-INF/maven/{group}/{artifact}/pom.properties",
            $"#Created by Maven\r\nversion={version}\r\ngroupId={group}\r\nartifactId={artifact}\r\n"
        );

    /// <summary>Made once for all tests.</summary>
    public sealed class Mirror : IDisposable
    {
        private const string Maven = """
            #!/usr/bin/env bash
            echo "mvn $*"
            [[ ! -e fail ]] || { echo "COMPILATION ERROR"; exit 1; }
            [[ ! -e no-central || $* == *--settings* ]] || { echo "Could not transfer artifact from/to central: Unknown host"; exit 1; }
            mkdir -p target
            cp ../jars/* target/
            """;

        public Mirror()
        {
            foreach (var kind in new[] { "jre", "jdk" })
                Debian.Add(
                    $"openjdk-17-{kind}-headless",
                    "17.0.19+10-1",
                    ("usr/lib/jvm/java-17-openjdk-amd64/lib/security/java.security", ""),
                    ("usr/lib/jvm/java-17-openjdk-amd64/bin/java", "#!/bin/sh\n")
                );
            Debian.Add("maven", "3.8.7-1", ("usr/share/maven/bin/mvn", Maven));
            foreach (
                var plugin in new[]
                {
                    "maven-resources-plugin",
                    "maven-compiler-plugin",
                    "surefire",
                    "maven-jar-plugin",
                    "maven-dependency-plugin",
                }
            )
                Debian.Add($"lib{plugin}-java", "1", ($"usr/share/maven-repo/{plugin}", ""));
        }

        internal FakeDebianMirror Debian { get; } = new();

        public void Dispose() => Debian.Dispose();
    }
}
