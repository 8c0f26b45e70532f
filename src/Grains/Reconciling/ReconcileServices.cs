using Microsoft.Extensions.Logging;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Reconciling;

/// <summary>What every reconciling grain is given.</summary>
public sealed record ReconcileServices(IUnfinishedWork UnfinishedWork, TimeProvider Time, ILogger<ReconcilingGrain> Log);
