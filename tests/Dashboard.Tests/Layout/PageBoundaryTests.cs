using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeetoDeploy.Dashboard.Layout;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Tests.Layout;

public sealed class PageBoundaryTests : BunitContext
{
    private readonly ControlPlane controlPlane = new();
    private readonly FakeTimeProvider clock = new();
    private TaskCompletionSource loading = new();

    public PageBoundaryTests() => Services.AddSingleton(controlPlane).AddSingleton<TimeProvider>(clock);

    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Fact]
    public void A_page_that_fails_says_so()
    {
        var boundary = Show("apps/a/logs", Slow);

        Fail();

        boundary.WaitForAssertion(() => Assert.Contains("has failed", boundary.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void What_somebody_may_do_no_longer_is_no_failure_of_the_page()
    {
        var boundary = Show("apps/a/logs", Slow);

        loading.SetException(new AccessDeniedException("The app is not open to this caller."));

        boundary.WaitForAssertion(() => Assert.Contains("you may not do that", boundary.Markup, StringComparison.Ordinal));
        Assert.Equal("", boundary.Find("a").GetAttribute("href"));
    }

    [Fact]
    public void A_page_that_fails_while_the_control_plane_is_away_waits_for_it_and_comes_by_itself()
    {
        controlPlane.Report(away: true);
        var boundary = Show("apps/a/logs", Slow);
        Fail();
        boundary.WaitForAssertion(() => Assert.Contains("Waiting for the control plane", boundary.Markup, StringComparison.Ordinal));
        Assert.Empty(boundary.FindAll("button"));

        loading = new();
        loading.SetResult();
        controlPlane.Report(away: false);

        boundary.WaitForAssertion(() => Assert.Equal("", boundary.Markup));
    }

    [Fact]
    public void A_page_that_fails_as_storage_does_is_tried_again_until_it_comes()
    {
        var boundary = Show("apps/a/logs", Slow);
        loading.SetException(new StorageUnavailableException("Nothing can be read."));
        boundary.WaitForAssertion(() => Assert.Contains("Waiting for the control plane", boundary.Markup, StringComparison.Ordinal));

        loading = new();
        loading.SetResult();
        boundary.WaitForState(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return boundary.Markup.Length == 0;
        });
    }

    [Fact]
    public async Task What_fails_in_a_page_that_has_been_left_is_not_the_next_ones_failure()
    {
        var boundary = Show("apps/a/logs", Slow);
        Navigation.NavigateTo("apps/a/access");
        boundary.Render(parameters => parameters.Add(shown => shown.ChildContent, "<p>the next page</p>"));

        Fail();

        // The renderer takes one thing after the other.
        await boundary.InvokeAsync(() => { });
        Assert.Equal("<p>the next page</p>", boundary.Markup);
    }

    [Fact]
    public void A_page_whose_filters_change_stays_the_same_page()
    {
        var boundary = Show("apps/a/logs", Slow);
        var before = boundary.FindComponent<SlowPage>().Instance;
        Navigation.NavigateTo("apps/a/logs?text=x");
        boundary.Render(parameters => parameters.Add(shown => shown.ChildContent, Slow));

        Assert.Same(before, boundary.FindComponent<SlowPage>().Instance);
    }

    private IRenderedComponent<PageBoundary> Show(string address, RenderFragment page)
    {
        Navigation.NavigateTo(address);
        return Render<PageBoundary>(parameters => parameters.Add(shown => shown.ChildContent, page));
    }

    private void Slow(RenderTreeBuilder builder)
    {
        builder.OpenComponent<SlowPage>(0);
        builder.AddComponentParameter(1, nameof(SlowPage.Loading), loading.Task);
        builder.CloseComponent();
    }

    private void Fail() => loading.SetException(new InvalidOperationException("Nothing is where it was."));

    private sealed class SlowPage : ComponentBase
    {
        [Parameter]
        public Task Loading { get; set; } = Task.CompletedTask;

        protected override Task OnInitializedAsync() => Loading;
    }
}
