using Microsoft.AspNetCore.Components;

namespace NeetoDeploy.Dashboard.Live;

/// <summary>
/// A part of a page with work that ends when the page is left. What fails in it after that would be shown as a failure of the page that came next: the work must end
/// with nothing worse than an <see cref="OperationCanceledException"/>.
/// </summary>
public abstract class LeavableComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();

    protected LeavableComponent() => Leaving = leaving.Token;

    /// <summary>Cancelled when the page is left, and still there for what has not heard of it yet.</summary>
    protected CancellationToken Leaving { get; }

    public virtual async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
        GC.SuppressFinalize(this);
    }
}
