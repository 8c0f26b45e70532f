using System.Globalization;
using System.Text.RegularExpressions;

namespace NeetoDeploy.Bench.Builds;

/// <summary>What a push's output says of its build, in seconds and bytes.</summary>
internal sealed partial record BuildReport(IReadOnlyList<(string Phase, double Seconds)> Phases, long Uploaded)
{
    /// <summary>From the received source to the image on the engine.</summary>
    public double Total => Phases.Sum(phase => phase.Seconds);

    /// <summary>What the buildpacks' own commands took.</summary>
    public double Own => Of("build");

    /// <summary>What we add to them.</summary>
    public double Overhead => Total - Own;

    public static BuildReport Parse(string output) =>
        new(
            [.. Phase().Matches(output).Select(match => (match.Groups[1].Value, Number(match.Groups[2].Value)))],
            Upload().Match(output) is { Success: true } upload ? Bytes(Number(upload.Groups[1].Value), upload.Groups[2].Value) : 0
        );

    public double Of(string phase) => Phases.FirstOrDefault(p => p.Phase == phase).Seconds;

    public override string ToString() =>
        string.Join(", ", Phases.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Phase} {p.Seconds:0.00}")));

    private static long Bytes(double number, string unit) =>
        (long)(
            number
            * unit switch
            {
                "MB" => 1 << 20,
                "KB" => 1 << 10,
                _ => 1,
            }
        );

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(prepare|detect|analyze|restore|build|export|pull) ([0-9.]+) s")]
    private static partial Regex Phase();

    [GeneratedRegex(@"layers reused, ([0-9.]+) (B|KB|MB) uploaded")]
    private static partial Regex Upload();
}
