using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Metrics;

namespace NeetoDeploy.Core.Routing;

/// <summary>
/// The JSON form of what control plane and routers tell each other: camel case, enum members by name, nothing that can be computed.
/// Both sides read and write with this.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(RouteMessage))]
[JsonSerializable(typeof(RouterReport))]
[JsonSerializable(typeof(ImmutableArray<RoutedLogEntry>))]
[JsonSerializable(typeof(RoutedReport))]
public sealed partial class RoutingJson : JsonSerializerContext;
