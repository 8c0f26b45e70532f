using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.Core.Formations;

/// <summary>A process type with its wanted quantity and size.</summary>
public sealed record ProcessRow(
    Guid Id,
    ProcessType Type,
    string Command,
    int Quantity,
    DynoSize Size,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);
