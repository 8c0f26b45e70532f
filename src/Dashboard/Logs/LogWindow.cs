namespace NeetoDeploy.Dashboard.Logs;

/// <summary>
/// Which of the shown lines are drawn: those in sight and some around them. Everything is as high as one or more places; a line has one, an unfolded one as many
/// more as it has members.
/// </summary>
/// <param name="First">Index of the first line that is drawn.</param>
/// <param name="Count">How many are.</param>
/// <param name="Above">Places before the first one.</param>
/// <param name="Below">Places after the last one.</param>
public readonly record struct LogWindow(int First, int Count, int Above, int Below)
{
    /// <param name="lines">How many lines are shown.</param>
    /// <param name="unfolded">Indexes of unfolded lines, growing, and how many more places each has.</param>
    /// <param name="place">The first place that should be drawn; null: as late as possible.</param>
    /// <param name="places">How many should be.</param>
    public static LogWindow Over(int lines, IReadOnlyList<(int Index, int Extra)> unfolded, int? place, int places)
    {
        var all = lines + unfolded.Sum(one => one.Extra);
        var start = Math.Clamp(place ?? int.MaxValue, 0, Math.Max(0, all - places));
        var first = LineAt(unfolded, start);
        var above = PlaceOf(unfolded, first);
        var last = Math.Min(lines, LineAt(unfolded, start + places - 1) + 1);
        return new LogWindow(first, Math.Max(0, last - first), above, all - PlaceOf(unfolded, last));
    }

    /// <summary>The place where a line begins.</summary>
    public static int PlaceOf(IReadOnlyList<(int Index, int Extra)> unfolded, int index) =>
        index + unfolded.TakeWhile(one => one.Index < index).Sum(one => one.Extra);

    private static int LineAt(IReadOnlyList<(int Index, int Extra)> unfolded, int place)
    {
        var extra = 0;
        foreach (var one in unfolded)
        {
            var begin = one.Index + extra;
            if (place <= begin)
                break;
            if (place <= begin + one.Extra)
                return one.Index;
            extra += one.Extra;
        }
        return place - extra;
    }
}
