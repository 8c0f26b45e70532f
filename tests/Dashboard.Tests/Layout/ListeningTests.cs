using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using NeetoDeploy.Dashboard.Layout;

namespace NeetoDeploy.Dashboard.Tests.Layout;

public sealed class ListeningTests : BunitContext
{
    [Fact]
    public void A_page_whose_circuit_starts_takes_no_clicks_which_would_be_lost() =>
        Assert.True(IsDisabled(isInteractive: false, RenderMode.InteractiveServer));

    [Fact]
    public void A_page_whose_circuit_lives_takes_them() => Assert.False(IsDisabled(isInteractive: true, RenderMode.InteractiveServer));

    [Fact]
    public void A_form_that_the_server_answers_takes_them() => Assert.False(IsDisabled(isInteractive: false, mode: null));

    private bool IsDisabled(bool isInteractive, IComponentRenderMode? mode)
    {
        SetRendererInfo(new("Server", isInteractive));
        var shown = Render<Listening>(parameters =>
            parameters.Add(listening => listening.ChildContent, "<button>Go</button>").SetAssignedRenderMode(mode)
        );
        return shown.Find("fieldset").HasAttribute("disabled");
    }
}
