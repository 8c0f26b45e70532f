using Orleans.Runtime;

namespace NeetoDeploy.Grains.Interfaces;

/// <summary>What a grain was asked needs storage, which failed. It may come right: edges answer 503, and pages ask again.</summary>
[GenerateSerializer, Alias("neeto.StorageUnavailableException")]
public sealed class StorageUnavailableException(string message) : OrleansException(message);
