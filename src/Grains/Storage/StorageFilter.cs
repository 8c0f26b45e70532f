using System.Data.Common;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Grains.Storage;

/// <summary>
/// What a database's driver throws stays in the silo: nobody else knows its types, and whoever asks gets <see cref="StorageUnavailableException"/>. The state of
/// grains has the runtime's own wrapping; this is for lists, logs and all that grains read besides.
/// </summary>
public sealed partial class StorageFilter(ILogger<StorageFilter> log) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (DbException failure)
        {
            LogFailed(failure, context.TargetId.ToString(), context.MethodName);
            throw new StorageUnavailableException($"Storage failed: {failure.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} could not answer {Method}, as storage failed")]
    private partial void LogFailed(Exception failure, string grain, string method);
}
