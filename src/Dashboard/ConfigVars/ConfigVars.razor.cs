using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Dashboard.Live;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Dashboard.ConfigVars;

/// <summary>An app's config vars, hidden until somebody wants to see them.</summary>
public sealed partial class ConfigVars(Viewer viewer) : LivePage
{
    private const int LargestFile = 256 << 10;

    private ImmutableSortedDictionary<string, string> vars = ImmutableSortedDictionary<string, string>.Empty;
    private bool isRevealed;
    private string name = "";
    private string value = "";
    private string pasted = "";
    private string? mistake;

    [Parameter, EditorRequired]
    public AppView Shown { get; set; } = null!;

    protected override AppId App => Shown.Id;

    protected override async Task LoadAsync() => vars = await viewer.AskAsync(grains => grains.Releases(App).GetConfigVarsAsync());

    private void Edit(string edited, string present) => (name, value) = (edited, present);

    private async Task AddAsync()
    {
        await SetAsync(name.Trim(), value);
        if (mistake is null)
            (name, value) = ("", "");
    }

    private Task SetAsync(string key, string? wanted) => UpdateAsync(ImmutableSortedDictionary<string, string?>.Empty.Add(key, wanted));

    /// <summary>Shows what is in a file; nothing is set yet.</summary>
    private async Task ReadAsync(InputFileChangeEventArgs chosen)
    {
        mistake = chosen.File.Size > LargestFile ? $"A file of more than {LargestFile >> 10} KB is too large for config vars." : null;
        if (mistake is not null)
            return;
        using var reader = new StreamReader(chosen.File.OpenReadStream(LargestFile, Leaving));
        pasted = await reader.ReadToEndAsync(Leaving);
    }

    private async Task PasteAsync()
    {
        var parsed = DotEnv.Parse(pasted);
        mistake = parsed.Error?.Message;
        if (!parsed.IsOk)
            return;
        await UpdateAsync(parsed.Value.ToImmutableSortedDictionary(pair => pair.Key, pair => (string?)pair.Value));
        if (mistake is null)
            pasted = "";
    }

    private async Task UpdateAsync(ImmutableSortedDictionary<string, string?> patch)
    {
        var answer = await viewer.AskAsync(grains => grains.Releases(App).UpdateConfigVarsAsync(patch));
        mistake = answer.Error?.Message;
        await LoadAsync();
    }
}
