using System.Text.Json.Serialization;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Api.Contracts.Dynos;

/// <summary>Asks for a one-off dyno.</summary>
/// <param name="Env">Beside the config vars, such as TERM, COLUMNS and LINES.</param>
/// <param name="ForceNoTty">Plain pipes even though attached.</param>
/// <param name="Type">What the dyno is named after; null: <c>run</c>.</param>
public sealed record CreateDynoRequest(
    string? Command,
    bool? Attach = null,
    [property: JsonConverter(typeof(TextMapConverter))] Dictionary<string, string>? Env = null,
    bool? ForceNoTty = null,
    string? Size = null,
    string? Type = null
);
