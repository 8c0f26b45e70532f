using MudBlazor;

namespace NeetoDeploy.Dashboard.Layout;

/// <summary>What components have beside the colours, which are in <c>dashboard.css</c>.</summary>
internal static class Themes
{
    private static readonly string[] Font = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static readonly MudTheme Neeto = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "0.9375rem" },
        },
    };
}
