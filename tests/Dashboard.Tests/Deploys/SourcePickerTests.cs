using Bunit;
using Microsoft.AspNetCore.Components;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Dashboard.Deploys;
using NeetoDeploy.Dashboard.Tests.Host;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Dashboard.Tests.Deploys;

public sealed class SourcePickerTests : PageTests
{
    private readonly BunitJSModuleInterop script;

    public SourcePickerTests(ClusterFixture cluster)
        : base(cluster)
    {
        SignIn(People.Make("dev@example.com"));
        script = JSInterop.SetupModule("./deploys.js");
    }

    [Fact]
    public async Task A_repository_with_its_branch_becomes_a_source()
    {
        var picker = Show("A git repository");
        picker.FindAll("input:not([type=radio])")[0].Change(" https://code.example/shop.git ");
        picker.FindAll("input:not([type=radio])")[1].Change("main");
        Assert.Equal(new SourceRef("git+https://code.example/shop.git#main", "main", null), (await TakeAsync(picker)).Value);
    }

    [Theory]
    [InlineData("A git repository", "file:///etc", "it must be an https URL")]
    [InlineData("A git repository", "https://me:secret@code.example/shop", "may not hold a user or password")]
    [InlineData("An image", "-v", "names no image")]
    public async Task What_cannot_be_a_source_is_refused_before_anything_is_made(string kind, string text, string reason)
    {
        var picker = Show(kind);
        picker.Find("input:not([type=radio])").Change(text);
        Assert.Contains(reason, (await TakeAsync(picker)).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_built_from_where_it_was_sent_to()
    {
        script.Setup<bool>("hasFiles", _ => true).SetResult(true);
        script.Setup<SourcePicker.Upload>("upload", call => (string?)call.Arguments[1] == "/sources/place").SetResult(new(null, null));
        Assert.Equal(new SourceRef("file:///place", null, null), (await TakeAsync(Show("A folder"))).Value);
    }

    [Fact]
    public async Task An_upload_that_was_refused_starts_nothing()
    {
        script.Setup<bool>("hasFiles", _ => true).SetResult(true);
        script.Setup<SourcePicker.Upload>("upload", _ => true).SetResult(new(null, "A source may have at most 2 GiB."));
        Assert.Equal("A source may have at most 2 GiB.", (await TakeAsync(Show("An archive"))).Error!.Message);
    }

    [Fact]
    public async Task Nothing_chosen_is_no_source()
    {
        script.Setup<bool>("hasFiles", _ => true).SetResult(false);
        Assert.Equal("Choose what to deploy first.", (await TakeAsync(Show("A folder"))).Error!.Message);
        var later = await TakeAsync(Render<SourcePicker>(parameters => parameters.Add(picker => picker.AllowLater, true)));
        Assert.True(later.IsOk && later.Value is null);
    }

    private IRenderedComponent<SourcePicker> Show(string kind)
    {
        var picker = Render<SourcePicker>();
        picker.FindAll("label").Single(label => label.TextContent == kind).QuerySelector("input")!.Change(true);
        return picker;
    }

    private static Task<Result<SourceRef?>> TakeAsync(IRenderedComponent<SourcePicker> picker) =>
        picker.InvokeAsync(picker.Instance.TakeAsync);
}
