using Microsoft.AspNetCore.Components;
using NeetoDeploy.Dashboard.Access;
using NeetoDeploy.Grains.Interfaces.Audit;

namespace NeetoDeploy.Dashboard.Administration;

/// <summary>Who changed what, when, and from where. The filters are in the address.</summary>
public sealed partial class AuditLog(Viewer viewer, NavigationManager navigation)
{
    private const int PageSize = 50;

    private readonly List<AuditEntry> entries = [];
    private string subject = "";
    private string email = "";
    private bool isLoaded;
    private bool hasMore;

    /// <summary>Null: everything.</summary>
    [Parameter]
    public string? Subject { get; set; }

    /// <summary>Null: anybody.</summary>
    [Parameter]
    public string? Email { get; set; }

    protected override Task OnInitializedAsync()
    {
        (subject, email) = (Subject ?? "", Email ?? "");
        return MoreAsync();
    }

    private async Task MoreAsync()
    {
        var query = new AuditQuery(Blank(Subject), Blank(Email), entries.Count > 0 ? entries[^1].Id : null, PageSize);
        var page = await viewer.AskAsync(grains => grains.Installation().ReadAuditAsync(query));
        entries.AddRange(page);
        (isLoaded, hasMore) = (true, page.Length == PageSize);
    }

    private void Filter() =>
        navigation.NavigateTo(
            navigation.GetUriWithQueryParameters(
                "admin/audit",
                new Dictionary<string, object?> { ["of"] = Blank(subject), ["by"] = Blank(email) }
            )
        );

    private static string Origin(AuditEntry entry) =>
        entry.From is not { } from
            ? "from an unknown place"
            : $"from {from.Address ?? "an unknown address"}, {from.By}{(from.Token is { } token ? $", token {token}" : "")}";

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ToLowerInvariant();
}
