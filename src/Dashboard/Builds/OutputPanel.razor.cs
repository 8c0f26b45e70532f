using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Dashboard.Builds;

/// <summary>What a build or a release phase printed and prints. Who may see the one may see the other: reading it is the platform's own.</summary>
public sealed partial class OutputPanel(IGrainFactory grains, IJSRuntime js)
{
    private readonly OutputText output = new();
    private ElementReference view;

    [Parameter, EditorRequired]
    public OutputId Id { get; set; }

    /// <summary>What it is, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await js.InvokeVoidAsync("neeto.follow", view);
        _ = ReadAsync();
    }

    private async Task ReadAsync()
    {
        CallContext.Act(Actor.Platform);
        var stream = grains.Output(Id);
        for (var (offset, isEnd) = (0L, false); !isEnd && !Leaving.IsCancellationRequested; )
        {
            try
            {
                var chunk = await stream.ReadAsync(offset);
                (offset, isEnd) = (offset + chunk.Bytes.Length, chunk.IsEnd);
                if (chunk.Bytes.Length > 0)
                    await InvokeAsync(() => Show(chunk.Bytes));
            }
            catch (Exception e) when (Outage.Is(e))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), Leaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Show(byte[] bytes)
    {
        output.Add(bytes);
        StateHasChanged();
    }
}
