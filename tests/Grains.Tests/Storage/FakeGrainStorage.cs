using System.Collections.Concurrent;
using System.Globalization;
using NeetoDeploy.Grains.Storage;
using Orleans.Runtime;
using Orleans.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>Grain states as the JSON text that is stored for real, in memory, with entity tags. It can be told to fail.</summary>
public sealed class FakeGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Json, long Tag)> states = [];
    private readonly StateSerializer serializer = new();
    private int failures;

    /// <summary>The next writes throw without effect, as a full disk does.</summary>
    public void FailNextWrites(int count = 1) => Interlocked.Exchange(ref failures, count);

    /// <summary>The stored text of a grain's state; null when there is none.</summary>
    public string? Find(string stateName, string grainKey) =>
        states.TryGetValue($"{stateName}|{grainKey}", out var stored) ? stored.Json : null;

    /// <summary>State name and key of every record that belongs to an app.</summary>
    public IReadOnlyList<string> Of(string app) => [.. states.Keys.Where(key => key.Contains(app, StringComparison.Ordinal))];

    /// <summary>Stores a text as if the grain had written it.</summary>
    public void Put(string stateName, string grainKey, string json) => states[$"{stateName}|{grainKey}"] = (json, 1);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (states.TryGetValue(Key(stateName, grainId), out var stored))
        {
            grainState.State = serializer.Deserialize<T>(BinaryData.FromString(stored.Json))!;
            grainState.ETag = Tag(stored.Tag);
            grainState.RecordExists = true;
        }
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Interlocked.Decrement(ref failures) >= 0)
            throw new IOException("The fake disk is full.");
        var key = Key(stateName, grainId);
        var old = states.GetValueOrDefault(key);
        if (grainState.ETag is { } tag && tag != Tag(old.Tag))
            throw new InconsistentStateException($"{key} was written by somebody else.", Tag(old.Tag), tag);
        states[key] = (serializer.Serialize(grainState.State).ToString(), old.Tag + 1);
        grainState.ETag = Tag(old.Tag + 1);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        states.TryRemove(Key(stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    // The name without the grain's type: two grain classes that share a state name collide here as they do in SQL.
    private static string Key(string stateName, GrainId grainId) => $"{stateName}|{grainId.Key}";

    private static string Tag(long tag) => tag.ToString(CultureInfo.InvariantCulture);
}
