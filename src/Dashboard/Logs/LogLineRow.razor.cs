using Microsoft.AspNetCore.Components;

namespace NeetoDeploy.Dashboard.Logs;

/// <summary>Draws itself only when something of it has changed: lines are many.</summary>
public sealed partial class LogLineRow : ComponentBase
{
    private (LogRow, LogClock?, bool, bool) drawn;
    private bool isStale = true;
    private JsonLine? json;

    [Parameter, EditorRequired]
    public LogRow Row { get; set; }

    [Parameter, EditorRequired]
    public LogClock Clock { get; set; } = LogClock.Utc;

    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>The address of this line.</summary>
    [Parameter, EditorRequired]
    public string Link { get; set; } = "";

    /// <summary>Whether it is the one that the address says.</summary>
    [Parameter]
    public bool IsMarked { get; set; }

    [Parameter]
    public bool IsUnfolded { get; set; }

    /// <summary>Folds or unfolds it; told how many members it has.</summary>
    [Parameter]
    public EventCallback<int> Toggle { get; set; }

    [Parameter]
    public EventCallback Mark { get; set; }

    protected override void OnParametersSet()
    {
        var now = (Row, Clock, IsMarked, IsUnfolded);
        isStale = drawn != now;
        if (drawn.Item1 != Row)
            json = Row.Line is { } line ? JsonLine.TryRead(line.Entry.Text) : null;
        drawn = now;
    }

    protected override bool ShouldRender() => isStale;

    private static string Tone(string level) =>
        level switch
        {
            "error" or "err" or "fatal" or "critical" or "crit" or "alert" or "emergency" or "panic" => "ansi-1",
            "warn" or "warning" => "ansi-3",
            "debug" or "trace" or "verbose" => "ansi-dim",
            _ => "ansi-4",
        };
}
