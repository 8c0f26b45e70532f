using System.Text.Json.Serialization;
using NeetoDeploy.Builder.Lifecycle.Building;
using NeetoDeploy.Builder.Lifecycle.Buildpacks;
using NeetoDeploy.Builder.Lifecycle.Detection;
using NeetoDeploy.Builder.Lifecycle.Restoration;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Serialization;

namespace NeetoDeploy.Builder.Lifecycle.Documents;

/// <summary>Generated readers and writers: the lifecycle is compiled ahead of time, without reflection.</summary>
[TomlSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = TomlIgnoreCondition.WhenWritingDefault
)]
[TomlSerializable(typeof(BuildpackToml))]
[TomlSerializable(typeof(OrderToml))]
[TomlSerializable(typeof(SystemToml))]
[TomlSerializable(typeof(AnalyzedToml))]
[TomlSerializable(typeof(StoreToml))]
[TomlSerializable(typeof(object))]
[TomlSerializable(typeof(GroupToml))]
[TomlSerializable(typeof(BuildPlanToml))]
[TomlSerializable(typeof(PlanToml))]
[TomlSerializable(typeof(BuildpackPlanToml))]
[TomlSerializable(typeof(TomlTable))]
[TomlSerializable(typeof(TomlTableArray))]
[TomlSerializable(typeof(TomlArray))]
[TomlSerializable(typeof(string))]
[TomlSerializable(typeof(long))]
[TomlSerializable(typeof(double))]
[TomlSerializable(typeof(bool))]
[TomlSerializable(typeof(LayerToml))]
[TomlSerializable(typeof(LaunchToml))]
[TomlSerializable(typeof(BuildToml))]
[TomlSerializable(typeof(MetadataToml))]
[TomlSerializable(typeof(UnfinishedToml))]
internal sealed partial class LifecycleToml : TomlSerializerContext;
