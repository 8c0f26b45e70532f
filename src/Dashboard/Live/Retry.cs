using Microsoft.AspNetCore.Components;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>Stands where something could not be shown, and has it tried again every five seconds for as long as it stands there.</summary>
public sealed class Retry(TimeProvider time) : LeavableComponent
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    [Parameter, EditorRequired]
    public Action Now { get; set; } = null!;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = Ticks.RepeatAsync(Pause, time, () => InvokeAsync(Now), Leaving);
    }
}
