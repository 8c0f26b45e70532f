using System.Globalization;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>A list of processors as the kernel writes it, such as <c>0-3,8</c> (cpuset(7), formats).</summary>
internal static class ProcessorList
{
    /// <summary>Their numbers, ascending; none for an empty text.</summary>
    public static IReadOnlyList<int> Parse(string text) =>
        [.. text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(Expand).Order()];

    public static string Format(IEnumerable<int> processors) => string.Join(',', processors);

    private static IEnumerable<int> Expand(string part)
    {
        var ends = part.Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
