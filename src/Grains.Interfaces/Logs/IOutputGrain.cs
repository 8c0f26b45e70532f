using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Logs;

/// <summary>An append-only stream of bytes that people follow while it grows: a build's output, or a release phase's. Key: the output's id.</summary>
[Alias("neeto.IOutputGrain")]
public interface IOutputGrain : IGrainWithStringKey
{
    [PlatformOnly, Alias("Append")]
    Task AppendAsync(byte[] bytes);

    /// <summary>
    /// Appends what is not there yet of bytes that begin at an offset, so that a writer which starts over after a restart may repeat itself.
    /// </summary>
    [PlatformOnly, Alias("AppendAt")]
    Task AppendAtAsync(long offset, byte[] bytes);

    /// <summary>Nothing more will come.</summary>
    [PlatformOnly, Alias("Complete")]
    Task CompleteAsync();

    /// <summary>Removes what was written; who still reads finds the end.</summary>
    [PlatformOnly, Alias("Destroy")]
    Task DestroyAsync();

    /// <summary>
    /// Bytes from an offset, at most 64 KiB. When there are none yet and the stream is not complete it waits for some, at most 10 s.
    /// </summary>
    [PlatformOnly, AlwaysInterleave, Alias("Read")]
    Task<OutputChunk> ReadAsync(long offset);
}

/// <summary>A part of an output stream.</summary>
/// <param name="IsEnd">The stream is complete and this chunk reaches its end.</param>
/// <param name="HasStarted">False while nobody has written or completed it.</param>
[GenerateSerializer, Immutable, Alias("neeto.OutputChunk")]
public sealed record OutputChunk([property: Id(0)] byte[] Bytes, [property: Id(1)] bool IsEnd, [property: Id(2)] bool HasStarted);
