using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace NeetoDeploy.Dashboard.Runs;

/// <summary>A terminal in the page. Its bytes do not come by here: the browser has a connection of its own for them, see <c>console.js</c>.</summary>
public sealed partial class RunConsole(IJSRuntime js) : ComponentBase, IAsyncDisposable
{
    private ElementReference view;
    private IJSObjectReference? script;
    private DotNetObjectReference<RunConsole>? self;
    private string command = "bash";
    private string size = "";
    private State state = State.Fresh;
    private string told = "";

    /// <summary>The terminal is there. What somebody clicks before that would be lost.</summary>
    private bool isOpen;

    private enum State
    {
        Fresh,
        Starting,
        Running,
        Stopping,
        Ended,
        Failed,
    }

    /// <summary>The app's name.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    private bool IsBusy => state is State.Starting or State.Running or State.Stopping;

    private string Told =>
        state switch
        {
            State.Fresh =>
                "A one-off dyno with the app's current release and config vars. It ends when its process ends, or when this page is closed.",
            State.Starting => "Starting…",
            State.Stopping => "The process has been told to end. It has 30 seconds.",
            _ => told,
        };

    /// <summary>The dyno runs.</summary>
    [JSInvokable]
    public void Began(string dyno) => Become(State.Running, $"{dyno} is running.");

    /// <summary>The process has ended by itself, or because it was told to.</summary>
    [JSInvokable]
    public void Ended(int exitCode) => Become(State.Ended, $"The process ended with {exitCode}.");

    [JSInvokable]
    public void Failed(string why) => Become(State.Failed, why);

    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        try
        {
            if (script is null)
                return;
            await script.InvokeVoidAsync("close", view);
            await script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone before.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        script = await js.InvokeAsync<IJSObjectReference>("import", $"./{Assets["console.js"]}");
        self = DotNetObjectReference.Create(this);
        await script.InvokeVoidAsync("open", view);
        isOpen = true;
        StateHasChanged();
    }

    private async Task StartAsync()
    {
        if (!isOpen || IsBusy)
            return;
        Become(State.Starting, "");
        await script!.InvokeVoidAsync("start", view, self, $"apps/{Name}/console/session", command, size.Length > 0 ? size : null);
    }

    private async Task StopAsync()
    {
        Become(State.Stopping, "");
        await script!.InvokeVoidAsync("stop", view);
    }

    private void Become(State next, string what)
    {
        (state, told) = (next, what);
        StateHasChanged();
    }
}
