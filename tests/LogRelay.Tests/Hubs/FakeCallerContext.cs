using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace NeetoDeploy.LogRelay.Tests.Hubs;

/// <summary>A connection that exists for its user only.</summary>
internal sealed class FakeCallerContext(ClaimsPrincipal user) : HubCallerContext
{
    public override string ConnectionId => "fake";

    public override string? UserIdentifier => null;

    public override ClaimsPrincipal User => user;

    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override CancellationToken ConnectionAborted => default;

    public override void Abort() => throw new NotSupportedException();
}
