namespace NeetoDeploy.Api.Contracts.Stacks;

/// <summary>A pair of base images, one to build in and one to run on.</summary>
public sealed record StackResource(bool Default, DateTimeOffset CreatedAt, Guid Id, string Name, string State, DateTimeOffset UpdatedAt);
