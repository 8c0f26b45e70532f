namespace NeetoDeploy.Api.Contracts.Apps;

/// <summary>Asks for many apps by id at once.</summary>
public sealed record FilterAppsRequest(FilterAppsRequest.Ids? In)
{
    /// <summary>The ids.</summary>
    public sealed record Ids(Guid[]? Id);
}
