namespace NeetoDeploy.Api.Contracts.Logs;

/// <summary>Asks for an app's log.</summary>
/// <param name="Dyno">Only this dyno (<c>web.1</c>) or process type (<c>web</c>); <paramref name="DynoName"/> and <paramref name="Type"/> are other spellings.</param>
/// <param name="Lines">How many of the newest lines to begin with; null: 100.</param>
/// <param name="Source"><c>app</c> or <c>heroku</c>; null: both.</param>
/// <param name="Tail">Go on with lines as they come.</param>
public sealed record CreateLogSessionRequest(
    string? Dyno = null,
    string? DynoName = null,
    string? Type = null,
    int? Lines = null,
    string? Source = null,
    bool? Tail = null
);
