using MudBlazor;

namespace NeetoDeploy.Dashboard.Layout;

/// <summary>The colours of components, the same as the tokens in <c>dashboard.css</c>.</summary>
internal static class Themes
{
    private static readonly string[] Font = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static readonly MudTheme Neeto = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4f46e5",
            Background = "#f8f9fb",
            Surface = "#ffffff",
            TextPrimary = "#1a1f2b",
            TextSecondary = "#566074",
            Success = "#15803d",
            Warning = "#a16207",
            Error = "#b91c1c",
            Info = "#1d4ed8",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8b85ff",
            Background = "#0f1218",
            Surface = "#171b24",
            TextPrimary = "#e6e9f0",
            TextSecondary = "#9aa4b8",
            Success = "#4ade80",
            Warning = "#facc15",
            Error = "#f87171",
            Info = "#60a5fa",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "0.9375rem" },
        },
    };
}
