using NeetoDeploy.LogRelay.Access;

namespace NeetoDeploy.Api.Internal;

/// <summary>Lets only routers and the supervisor pass; they show the installation's router token.</summary>
public sealed class InternalAccess(ApiOptions options) : BearerAccess(options.RouterToken);
