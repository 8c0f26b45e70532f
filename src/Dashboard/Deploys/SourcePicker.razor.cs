using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Dashboard.Access;

namespace NeetoDeploy.Dashboard.Deploys;

/// <summary>Where the code is that shall be deployed: the form, and what becomes of it.</summary>
public sealed partial class SourcePicker(Viewer viewer, IJSRuntime js)
{
    private static readonly (SourceKind Kind, string Word)[] Kinds =
    [
        (SourceKind.Later, "Later"),
        (SourceKind.Folder, "A folder"),
        (SourceKind.Archive, "An archive"),
        (SourceKind.Git, "A git repository"),
        (SourceKind.Image, "An image"),
    ];

    private ElementReference files;
    private SourceKind chosen = SourceKind.Folder;
    private string repository = "";
    private string reference = "";
    private string image = "";
    private string? progress;

    /// <summary>Whether it is an answer that there is no source yet.</summary>
    [Parameter]
    public bool AllowLater { get; set; }

    /// <summary>What is wrong with the answer so far; null when it can be taken.</summary>
    public async Task<Error?> RefuseAsync() =>
        chosen switch
        {
            SourceKind.Git => Git().Error,
            SourceKind.Image => Images().Error,
            SourceKind.Folder or SourceKind.Archive => await HasFilesAsync() ? null : Invalid("Choose what to deploy first."),
            _ => null,
        };

    /// <summary>The source, with everything where a build finds it; null when there shall be none yet.</summary>
    public async Task<Result<SourceRef?>> TakeAsync()
    {
        if (await RefuseAsync() is { } refused)
            return refused;
        return chosen switch
        {
            SourceKind.Git => Git().Map<SourceRef?>(source => new SourceRef(source.Write(), source.Reference, null)),
            SourceKind.Image => Images().Map<SourceRef?>(url => new SourceRef(url, null, null)),
            SourceKind.Folder or SourceKind.Archive => await UploadAsync(),
            _ => (SourceRef?)null,
        };
    }

    /// <summary>Called by the script while it works.</summary>
    [JSInvokable]
    public void Report(string text)
    {
        progress = text;
        StateHasChanged();
    }

    protected override void OnInitialized() => chosen = AllowLater ? SourceKind.Later : SourceKind.Folder;

    private void Choose(SourceKind kind) => chosen = kind;

    private Result<GitSource> Git() => GitSource.Parse(repository.Trim() + (reference.Trim().Length == 0 ? "" : $"#{reference.Trim()}"));

    private Result<string> Images()
    {
        var url = ImageSource.Write([KeyValuePair.Create("web", image.Trim())]);
        return ImageSource.Parse(url).Map(_ => url);
    }

    private async Task<bool> HasFilesAsync()
    {
        await using var script = await ScriptAsync();
        return await script.InvokeAsync<bool>("hasFiles", files);
    }

    private async Task<Result<SourceRef?>> UploadAsync()
    {
        var place = await viewer.AskAsync(grains => grains.Installation().CreateSourcePlaceAsync());
        using var self = DotNetObjectReference.Create(this);
        await using var script = await ScriptAsync();
        // However long it takes: a call without a token is given up after a minute.
        var sent = await script.InvokeAsync<Upload>("upload", Leaving, files, place.UploadPath, self);
        progress = null;
        return sent.Error is { } error ? Invalid(error) : new SourceRef(place.Url, sent.Version, null);
    }

    private ValueTask<IJSObjectReference> ScriptAsync() => js.InvokeAsync<IJSObjectReference>("import", "./deploys.js");

    private static Error Invalid(string why) => new(ErrorCodes.SourceInvalid, why);

    /// <summary>What the script answers.</summary>
    /// <param name="Version">An archive's name; null for a folder.</param>
    /// <param name="Error">Why nothing was sent; null when all was.</param>
    internal sealed record Upload(string? Version, string? Error);
}
