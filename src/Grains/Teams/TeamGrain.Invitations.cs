using System.Collections.Immutable;
using System.Security.Cryptography;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Interfaces.Teams;

namespace NeetoDeploy.Grains.Teams;

/// <summary>How people come into a team.</summary>
public sealed partial class TeamGrain
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private static Error NoInvitation =>
        new(ErrorCodes.InvitationOver, "This invitation has been used, was revoked, or has expired. Ask for another.");

    public async Task<Result<InvitationView>> InviteAsync(string email, TeamRole role)
    {
        if (state.Value.Id is null)
            return NotFound;
        if (EmailAddress.Refuse(email) is { } wrong)
            return wrong;
        if (Find(email) is not null)
            return new Error(ErrorCodes.TeamMemberExists, $"{email} is in this team already.");
        var actor = CallContext.Actor!;
        if (!IsRole(role) || !AccessPolicy.MayAssign(actor, RoleOf(actor.Id), TeamRole.None, role))
            return new Error(ErrorCodes.TeamNotAllowed, "Only an owner of the team makes owners, or takes that role from one.");
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = time.GetUtcNow();
        var made = new StoredInvitation(Guid.NewGuid(), email, role, Caller(), GrainKeys.TokenKey(secret), now, now + Lifetime);
        await ChangeAsync(s => s with { Invitations = [.. s.Invitations.Where(one => IsOpen(one) && one.Email != email), made] });
        return View(made) with { Secret = secret };
    }

    public Task<ImmutableArray<InvitationView>> ListInvitationsAsync() =>
        Task.FromResult<ImmutableArray<InvitationView>>([.. state.Value.Invitations.Where(IsOpen).Select(View)]);

    public async Task<Result<InvitationView>> RevokeInvitationAsync(Guid id)
    {
        if (state.Value.Invitations.FirstOrDefault(one => one.Id == id) is not { } revoked)
            return NoInvitation;
        await ChangeAsync(s => s with { Invitations = s.Invitations.Remove(revoked) });
        return View(revoked);
    }

    public Task<InvitationView?> FindInvitationAsync(string secret) =>
        Task.FromResult(Open(secret) is { } invitation ? View(invitation) : null);

    public async Task<Result<TeamMemberView>> JoinAsync(string secret) =>
        Open(secret) is { } invitation ? await AdmitAsync(invitation, Caller()) : NoInvitation;

    public async Task<Result<TeamMemberView>> EnrolAsync(string secret, string password)
    {
        if (Open(secret) is not { } invitation)
            return NoInvitation;
        // Whom a crash leaves between the two has an account with the password they chose: they sign in, and join by the same link.
        var enrolled = await GrainFactory.Account(invitation.Email).EnrolAsync(password);
        return enrolled.Error is { } refused
            ? refused
            : await AdmitAsync(invitation, new AccountRef(enrolled.Value.Id, enrolled.Value.Email));
    }

    private async Task<Result<TeamMemberView>> AdmitAsync(StoredInvitation invitation, AccountRef account)
    {
        if (RoleOf(account.Id) != TeamRole.None)
            return new Error(ErrorCodes.TeamMemberExists, $"{account.Email} is in this team already.");
        var member = new StoredMember(account, invitation.Role, time.GetUtcNow());
        await ChangeAsync(s => s with { Members = s.Members.Add(member), Invitations = s.Invitations.Remove(invitation) });
        return View(member);
    }

    private bool IsOpen(StoredInvitation invitation) => invitation.ExpiresAt > time.GetUtcNow();

    private StoredInvitation? Open(string secret)
    {
        var hash = GrainKeys.TokenKey(secret);
        return state.Value.Invitations.FirstOrDefault(one => one.Hash == hash && IsOpen(one));
    }

    private static InvitationView View(StoredInvitation one) =>
        new(one.Id, one.Email, one.Role, one.InvitedBy, Secret: null, one.CreatedAt, one.ExpiresAt);
}
