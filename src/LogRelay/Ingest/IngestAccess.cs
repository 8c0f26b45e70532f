using NeetoDeploy.LogRelay.Access;

namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>Lets only collectors pass, which show the installation's ingest token.</summary>
internal sealed class IngestAccess(LogRelayOptions options) : BearerAccess(options.IngestToken);
