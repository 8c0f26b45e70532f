using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.LogRelay.Logs;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>An app's log as it comes: the newest lines, then what follows, drawn at most ten times a second.</summary>
public sealed partial class LogView(Viewer viewer, LogFanout logs, NavigationManager navigation, IJSRuntime js, TimeProvider time)
    : ComponentBase,
        IAsyncDisposable
{
    private const string TextFilter = "text";
    private const string ProcessFilter = "process";
    private const string SourceFilter = "source";
    private const int Backlog = 1_500;
    private static readonly TimeSpan Drawing = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource leaving = new();
    private readonly LogBuffer buffer = new();
    private readonly HashSet<string> processes = [];
    private ElementReference view;
    private List<LogLine> shown = [];
    private bool isPaused;
    private bool isLive;
    private long waiting;

    [Parameter, EditorRequired]
    public AppId App { get; set; }

    [Parameter]
    public string? Process { get; set; }

    [Parameter]
    public string? Source { get; set; }

    [Parameter]
    public string? Text { get; set; }

    private string State =>
        isPaused ? "paused"
        : isLive ? "live"
        : "connecting…";

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
    }

    protected override void OnInitialized() => _ = ReadAsync();

    protected override void OnParametersSet() => Draw();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await js.InvokeVoidAsync("neeto.follow", view);
    }

    /// <summary>Reads for as long as the page is open; where it broke off, it goes on with the number that it had.</summary>
    private async Task ReadAsync()
    {
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                CallContext.Act(await viewer.RequireAsync());
                await using var reading = await logs.OpenAsync(App, LogFilter.All, Backlog, buffer.LastSeq, tail: true);
                isLive = true;
                await InvokeAsync(DrawAsync);
                await foreach (var batch in reading.ReadAsync(Quiet, leaving.Token))
                    await TakeAsync(batch);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is OrleansException or TimeoutException)
            {
                isLive = false;
                await InvokeAsync(StateHasChanged);
                await Task.Delay(Pause, time, leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task TakeAsync(LogBatch batch)
    {
        if (batch is { Gap: null, Lines.Count: 0 })
            return;
        await InvokeAsync(() =>
        {
            buffer.Add(batch);
            processes.UnionWith(batch.Lines.Select(line => line.Entry.Process));
            waiting += batch.Lines.Count;
            return isPaused ? Task.CompletedTask : DrawAsync();
        });
        // What comes meanwhile is drawn together.
        await Task.Delay(Drawing, time, leaving.Token);
    }

    private Task DrawAsync()
    {
        Draw();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private void Draw()
    {
        waiting = 0;
        var filter = new LogFilter(Blank(Process), Blank(Source));
        shown = buffer.Where(filter, Blank(Text));
    }

    private void TogglePause()
    {
        isPaused = !isPaused;
        if (!isPaused)
            Draw();
    }

    private async Task ShowNewestAsync() => await js.InvokeVoidAsync("neeto.end", view);

    /// <summary>Filters are in the address, so that a link shows the same.</summary>
    private void Show(string parameter, ChangeEventArgs change) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter(parameter, Blank(change.Value?.ToString())), replace: true);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
