using System.Collections.Immutable;
using System.Text.Json;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.ConfigVars;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Releases;

/// <summary>Config vars: sealed snapshots, one for all releases that share it.</summary>
public sealed partial class ReleaseLedgerGrain
{
    public Task<ImmutableSortedDictionary<string, string>> GetConfigVarsAsync() => Task.FromResult(Vars(state.Value));

    public Task<ImmutableSortedDictionary<string, string>?> GetConfigVarsAsync(string reference) =>
        Task.FromResult(Find(reference) is { } release ? Open(state.Value, release) : null);

    public async Task<Result<ImmutableSortedDictionary<string, string>>> UpdateConfigVarsAsync(
        ImmutableSortedDictionary<string, string?> patch
    )
    {
        if (state.Value.Basis() is not { } basis)
            return new Error(ErrorCodes.AppNotFound, "Couldn't find that app.");
        var change = ConfigVarPatch.Apply(Vars(state.Value), patch);
        if (!change.IsOk)
            return change.Error;
        if (change.Value.IsNothing)
            return change.Value.Vars;
        // Only a release with an image concerns anybody else.
        var user = User;
        await (basis.Slug is null ? CommitAsync(patch, user) : IntendAsync(() => CommitAsync(patch, user)));
        return Vars(state.Value);
    }

    /// <summary>Before an app's first release with an image it is given what its source asks for, except for what somebody has set already.</summary>
    private async Task SetUpAsync(BuildArtifact artifact, AccountRef user)
    {
        if (artifact.Setup is not { } setup || !state.Value.Slugs.IsEmpty)
            return;
        var vars = Vars(state.Value);
        var patch = setup.Where(wanted => !vars.ContainsKey(wanted.Key)).ToImmutableSortedDictionary(v => v.Key, v => (string?)v.Value);
        var change = ConfigVarPatch.Apply(vars, patch);
        if (!change.IsOk)
            appLog.Say($"The config vars that heroku.yml sets up were refused: {change.Error.Message}");
        else if (!change.Value.IsNothing)
            await CommitAsync(patch, user);
    }

    /// <summary>Applies the patch, which has been checked, to the newest state: a release phase may have ended meanwhile.</summary>
    private async Task CommitAsync(ImmutableSortedDictionary<string, string?> patch, AccountRef user)
    {
        var id = Guid.NewGuid();
        await state.CommitAsync(s =>
        {
            var change = ConfigVarPatch.Apply(Vars(s), patch).Value;
            var number = s.Configs.Keys.Last() + 1;
            return (s with { Configs = s.Configs.Add(number, Seal(change.Vars)) })
                .Append(id, ReleaseDescriptions.ConfigVars(change.Set, change.Removed), user, number, s.Basis()!.Slug, Now)
                .Retire(options);
        });
        Announce(state.Value.Releases[^1]);
    }

    private ImmutableSortedDictionary<string, string> Vars(ReleasesState s) =>
        s.Basis() is { } basis ? Open(s, basis) : ConfigVarPatch.NoVars;

    private ImmutableSortedDictionary<string, string> Open(ReleasesState s, StoredRelease release) =>
        ConfigVarPatch.NoVars.AddRange(JsonSerializer.Deserialize<Dictionary<string, string>>(secrets.Open(s.Configs[release.Config]))!);

    private string Seal(ImmutableSortedDictionary<string, string> vars) => secrets.Seal(JsonSerializer.Serialize(vars));
}
