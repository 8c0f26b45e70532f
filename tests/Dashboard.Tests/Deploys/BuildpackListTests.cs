using Bunit;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Deploys;

namespace NeetoDeploy.Dashboard.Tests.Deploys;

public sealed class BuildpackListTests : BunitContext
{
    private readonly List<IReadOnlyList<BuildpackRef>> wanted = [];

    [Fact]
    public void One_is_added_behind_the_others()
    {
        var list = Show("heroku/nodejs");
        list.Find("input").Change(" https://code.example/mine.git#main ");
        list.Find("form").Submit();
        Assert.Equal(["heroku/nodejs", "https://code.example/mine.git#main"], Assert.Single(wanted).Select(one => one.Url));
    }

    [Theory]
    [InlineData("", "is no buildpack")]
    [InlineData("https://me:secret@code.example/mine", "may not hold a user or password")]
    [InlineData("heroku/nodejs", "is in the list already")]
    public void What_is_no_buildpack_is_refused_on_the_spot(string text, string reason)
    {
        var list = Show("heroku/nodejs");
        list.Find("input").Change(text);
        list.Find("form").Submit();
        Assert.Contains(reason, list.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(wanted);
    }

    [Fact]
    public void They_are_put_in_another_order_and_taken_away()
    {
        var list = Show("a/one", "a/two", "a/three");
        list.Find("[aria-label='a/three earlier']").Click();
        list.Find("[aria-label='a/one later']").Click();
        list.Find("[aria-label='Remove a/two']").Click();
        Assert.Equal(["a/one a/three a/two", "a/two a/one a/three", "a/one a/three"], wanted.Select(one => string.Join(' ', one)));
        Assert.True(list.Find("[aria-label='a/one earlier']").HasAttribute("disabled"));
        Assert.True(list.Find("[aria-label='a/three later']").HasAttribute("disabled"));
    }

    private IRenderedComponent<BuildpackList> Show(params string[] buildpacks) =>
        Render<BuildpackList>(parameters =>
            parameters
                .Add(list => list.Buildpacks, [.. buildpacks.Select(url => new BuildpackRef(url))])
                .Add(list => list.Changed, (IReadOnlyList<BuildpackRef> list) => wanted.Add(list))
        );
}
