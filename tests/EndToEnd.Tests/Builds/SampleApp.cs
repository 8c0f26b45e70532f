using System.Text.RegularExpressions;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>An app of the repository's <c>samples/</c>.</summary>
internal static class SampleApp
{
    /// <summary>It is deployed and requested; then its code is changed, and what holds its runtime and its dependencies is not uploaded again.</summary>
    /// <param name="code">The file that says hello.</param>
    /// <param name="answer">What comes after <c>Hello</c>.</param>
    /// <param name="dependencies">Names of layers.</param>
    public static async Task ChangesAsync(Box box, string sample, string code, string answer, string dependencies)
    {
        await using var app = await AppUnderTest.CreateAsync(box, sample);
        await DeployAsync(app);
        await app.AnswersAsync("Hello " + answer);

        app.Write(code, (await ReadAsync(app, code)).Replace("Hello", "Hi", StringComparison.Ordinal));
        var output = await DeployAsync(app);

        Assert.All(dependencies.Split(' '), layer => Assert.Matches($@"\n +{Regex.Escape(layer)} .* reused", output));
        await app.AnswersAsync("Hi " + answer);
    }

    public static async Task<string> DeployAsync(AppUnderTest app)
    {
        var (status, output) = await app.EndOfAsync(await app.StartBuildAsync(), seconds: 300);
        Assert.True(status == "succeeded", output);
        return output;
    }

    private static Task<string> ReadAsync(AppUnderTest app, string file) =>
        File.ReadAllTextAsync(Path.Combine(app.Source, file), TestContext.Current.CancellationToken);
}
