using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace NeetoDeploy.LogRelay.Tests.Hubs;

/// <summary>A connection that was opened with a token, and is nothing else.</summary>
internal sealed class FakeCallerContext : HubCallerContext
{
    public FakeCallerContext(string token)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = $"Bearer {token}";
        Features.Set<IHttpContextFeature>(new Opened { HttpContext = http });
    }

    public override string ConnectionId => "fake";

    public override string? UserIdentifier => null;

    public override ClaimsPrincipal? User => null;

    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override CancellationToken ConnectionAborted => default;

    public override void Abort() => throw new NotSupportedException();

    private sealed class Opened : IHttpContextFeature
    {
        public HttpContext? HttpContext { get; set; }
    }
}
