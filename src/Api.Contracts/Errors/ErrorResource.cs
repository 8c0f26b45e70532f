using System.Text.Json.Serialization;

namespace NeetoDeploy.Api.Contracts.Errors;

/// <summary>What every answer above 399 holds.</summary>
/// <param name="Id">A word that programs branch on, such as <c>not_found</c>.</param>
/// <param name="Message">A sentence for a person.</param>
/// <param name="Code">The installation's own code, such as <c>app.name_taken</c> (<c>docs/errors.md</c>); absent when <paramref name="Id"/> says it all.</param>
/// <param name="Resource">What kind of thing is missing, such as <c>app</c>; absent otherwise.</param>
public sealed record ErrorResource(
    string Id,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Resource = null
);
