using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NeetoDeploy.EndToEnd.Tests.Dashboard;

/// <summary>What axe-core, Deque's accessibility checker, finds in a page: contrast, names, roles, order (WCAG 2.2, A and AA).</summary>
internal static class Accessibility
{
    private const string Check = """
        async () => (await axe.run(document, { resultTypes: ['violations'], rules: { 'document-title': { enabled: false } } })).violations
            .filter(found => found.impact === 'serious' || found.impact === 'critical')
            .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`))
        """;

    private static readonly Lazy<string> Axe = new(() =>
        File.ReadAllText(
            Environment.GetEnvironmentVariable("NEETO_TEST_AXE")
                ?? throw new InvalidOperationException("NEETO_TEST_AXE does not say where axe.min.js is; ./neeto test installs it.")
        )
    );

    /// <summary>Its serious and critical findings, each with its rule, its element, and why.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        // As its circuit begins, Blazor takes a page's title away and puts it back: it is waited for here instead.
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex("NeetoDeploy"));
        // Not as a script element: the content security policy is for the page.
        await page.EvaluateAsync(Axe.Value);
        return (await page.EvaluateAsync<JsonElement>(Check)).Deserialize<string[]>()!;
    }
}
