using System.Collections.Immutable;

namespace NeetoDeploy.Grains.Storage;

/// <summary>Which accounts there are. Written after the account itself, and again whenever it wakes up; it may be a moment old.</summary>
public interface IAccountIndex
{
    Task PutAsync(string email, CancellationToken cancel);

    /// <summary>Addresses in order.</summary>
    Task<ImmutableArray<string>> ListAsync(CancellationToken cancel);
}
