using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Detection;

namespace NeetoDeploy.Builder.Tests.Lifecycle;

/// <summary>A member is written <c>name:+provided -required/alternative</c>; a question mark after the name makes it optional.</summary>
public sealed class PlanResolverTests
{
    [Theory]
    [InlineData("a:", "a")]
    [InlineData("a:+x | b:-x", "a b")]
    [InlineData("a:+x-x", "a")]
    [InlineData("a:-x | b:+x", null)]
    [InlineData("a:+x", null)]
    [InlineData("a:-x", null)]
    [InlineData("a?:+x | b:", "b")]
    [InlineData("a?:-x | b:", "b")]
    [InlineData("a:+x/ | b:", "a b")]
    [InlineData("a:+x/+y | b:-y", "a b")]
    [InlineData("a?:+x/+z | b:-y/", "b")]
    [InlineData("a?:+x/+y | b:", "b")]
    [InlineData("a?:+x | b?:-x+y | c:", "c")]
    [InlineData("a:+x | b:+x-x", "a b")]
    [InlineData("a:+x | b:-x | c:+x", null)]
    [InlineData("a?:+x", null)]
    public void The_first_choice_without_loose_ends_is_taken(string group, string? kept)
    {
        var resolved = PlanResolver.Resolve([.. group.Split(" | ").Select(Member)]);

        Assert.Equal(kept, resolved is null ? null : string.Join(' ', resolved.Members.Select(m => m.Buildpack.Id)));
    }

    [Fact]
    public void The_plan_names_providers_and_what_was_required_of_them()
    {
        var plan = PlanResolver.Resolve([Member("a:+x"), Member("b:-x"), Member("c:-x")])!.Plan;

        var entry = Assert.Single(plan.Entries);
        Assert.Equal("a", Assert.Single(entry.Providers).Id);
        Assert.Equal(["x", "x"], entry.Requires.Select(r => r.Name));
    }

    private static (GroupMember Member, BuildPlanToml Plan) Member(string text)
    {
        var (name, plans) = (text[..text.IndexOf(':')], text[(text.IndexOf(':') + 1)..].Split('/'));
        var descriptor = new BuildpackToml
        {
            Buildpack = new() { Id = name.TrimEnd('?'), Version = "1" },
        };
        return (
            new(new("/", new(0, 10), descriptor), name.EndsWith('?')),
            new()
            {
                Provides = Provides(plans[0]),
                Requires = Requires(plans[0]),
                Or = [.. plans.Skip(1).Select(p => new PlanAlternativeToml { Provides = Provides(p), Requires = Requires(p) })],
            }
        );
    }

    private static List<ProvideToml> Provides(string text) => [.. Names(text, '+').Select(n => new ProvideToml { Name = n })];

    private static List<RequireToml> Requires(string text) => [.. Names(text, '-').Select(n => new RequireToml { Name = n })];

    private static IEnumerable<string> Names(string text, char sign) =>
        Enumerable.Range(0, text.Length).Where(i => text[i] == sign).Select(i => text[(i + 1)..(i + 2)]);
}
