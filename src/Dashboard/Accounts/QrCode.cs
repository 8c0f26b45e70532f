using Microsoft.AspNetCore.Components;
using QRCoder;

namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>Text that cameras read.</summary>
internal static class QrCode
{
    /// <summary>An SVG as large as its place, dark on light whatever the theme: not every camera reads the reverse.</summary>
    public static MarkupString Draw(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        return new MarkupString(drawing.GetGraphic(1, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute));
    }
}
