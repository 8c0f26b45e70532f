using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>Apart from <see cref="ScriptSampleTests"/>, so that one of each runs at the same time.</summary>
public sealed class CompiledSampleTests(SharedBox shared)
{
    [Theory]
    [InlineData("dotnet", "Program.cs", "from .NET 10.", "neeto/dotnet:runtime neeto/dotnet:icu")]
    [InlineData("go", "main.go", "from go1.19", "launcher")]
    [InlineData("java", "src/main/java/hello/Main.java", "from Java 17", "neeto/java:jre")]
    public Task An_app_is_built_and_answers_and_a_change_of_code_uploads_none_of_its_dependencies(
        string sample,
        string code,
        string answer,
        string dependencies
    ) => SampleApp.ChangesAsync(shared.Box, sample, code, answer, dependencies);
}
