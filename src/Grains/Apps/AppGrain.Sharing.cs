using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Who may do what with the app.</summary>
public sealed partial class AppGrain
{
    private static AccountRef User =>
        CallContext.Actor is { } actor
            ? new AccountRef(actor.Id, actor.Email)
            : throw new InvalidOperationException("A call without an actor passed the filter.");

    public Task<ImmutableArray<CollaboratorView>> ListCollaboratorsAsync() =>
        Task.FromResult<ImmutableArray<CollaboratorView>>(IsAlive ? [.. OwnerViews(), .. state.Value.Collaborators.Select(View)] : []);

    public async Task<Result<CollaboratorView>> AddCollaboratorAsync(string email)
    {
        if (!IsAlive)
            return NotFound;
        if (await GrainFactory.Account(email).GetAsync() is not { } account)
            return new Error(ErrorCodes.AccountNotFound, $"There is no account {email}. An administrator can create it.");
        if (RoleOf(account.Id) != AppRole.None)
            return new Error(ErrorCodes.CollaboratorExists, $"{account.Email} is already a collaborator on this app.");
        var added = new StoredCollaborator(Guid.NewGuid(), new AccountRef(account.Id, account.Email), Now);
        await ChangeAsync(s => s with { Collaborators = s.Collaborators.Add(added) });
        return View(added);
    }

    public async Task<Result<CollaboratorView>> RemoveCollaboratorAsync(string email)
    {
        if (!IsAlive)
            return NotFound;
        if (
            state.Value.Collaborators.FirstOrDefault(c => string.Equals(c.Account.Email, email, StringComparison.OrdinalIgnoreCase))
            is not { } removed
        )
            return new Error(ErrorCodes.CollaboratorNotFound, $"{email} is not a collaborator on this app.");
        await ChangeAsync(s => s with { Collaborators = s.Collaborators.Remove(removed) });
        return View(removed);
    }

    /// <summary>What an account is to the app without its team.</summary>
    private AppRole RoleOf(AccountId account)
    {
        if (!IsAlive)
            return AppRole.None;
        if (state.Value.Team is null && state.Value.Owner!.Id == account)
            return AppRole.Owner;
        return state.Value.Collaborators.Any(c => c.Account.Id == account) ? AppRole.Collaborator : AppRole.None;
    }

    private IEnumerable<CollaboratorView> OwnerViews() =>
        state.Value is { Team: null } s ? [new CollaboratorView(s.Owner!.Id.Value, s.Owner, AppRole.Owner, s.CreatedAt, s.CreatedAt)] : [];

    private static CollaboratorView View(StoredCollaborator c) => new(c.Id, c.Account, AppRole.Collaborator, c.CreatedAt, c.CreatedAt);
}
