using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Accounts;

/// <summary>A person or machine user, and its tokens. Key: the e-mail address in lower case.</summary>
[Alias("neeto.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Creates the account; refused when it exists.</summary>
    [RequiresAdmin, Alias("Create")]
    Task<Result<AccountView>> CreateAsync(bool isAdmin);

    /// <summary>Creates the account, no administrator's, with its password, in one step: one without it could be used by nobody. Refused when it exists.</summary>
    [PlatformOnly, Alias("Enrol")]
    Task<Result<AccountView>> EnrolAsync(string password);

    /// <summary>
    /// Makes the account an administrator's, or no longer one. Its sessions end by it, and its tokens have the new rights within half a minute. Administrators
    /// cannot do it to themselves, so that there is always one.
    /// </summary>
    [RequiresAdmin, Alias("SetAdmin")]
    Task<Result<AccountView>> SetAdminAsync(bool isAdmin);

    /// <summary>
    /// Deactivates the account, or activates it again. Nobody can sign in to one that is deactivated: its sessions end, and its tokens stand for nobody until it is active
    /// again. What it owns and where it is a member stays. Administrators cannot do it to themselves, so that there is always one.
    /// </summary>
    [RequiresAdmin, Alias("SetActive")]
    Task<Result<AccountView>> SetActiveAsync(bool isActive);

    /// <summary>The account, for the person itself, an administrator or the platform; null when there is none.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("Get")]
    Task<AccountView?> GetAsync();

    /// <summary>Makes a token. Its secret is in this answer and nowhere else, ever after. Only for the person itself or an administrator.</summary>
    [RequiresAccount, Alias("CreateToken")]
    Task<Result<TokenView>> CreateTokenAsync(string description, TimeSpan? lifetime);

    /// <summary>The tokens without their secrets.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("ListTokens")]
    Task<ImmutableArray<TokenView>> ListTokensAsync();

    [RequiresAccount, Alias("DescribeToken")]
    Task<Result<TokenView>> DescribeTokenAsync(Guid id, string description);

    /// <summary>Gives a token a new secret, which is in this answer only, and its whole lifetime once more. The old secret stands for nobody from then on.</summary>
    [RequiresAccount, Alias("RotateToken")]
    Task<Result<TokenView>> RotateTokenAsync(Guid id);

    /// <summary>Makes a token or a session worthless.</summary>
    [RequiresAccount, Alias("RevokeToken")]
    Task<Result<TokenView>> RevokeTokenAsync(Guid id);

    /// <summary>
    /// Sets the password, and ends all sessions. The holder shows the present one; an administrator who sets another's need not. Refused when it is weak or
    /// wrong.
    /// </summary>
    [RequiresAccount, Alias("SetPassword")]
    Task<Result<Done>> SetPasswordAsync(string? current, string password);

    /// <summary>
    /// Begins a session of 30 days, whose secret is in this answer only; or asks for a code, where the account has a second factor. Refused alike for a wrong
    /// password, an account without one, and no account; and, after several failures, for a while, whatever the password. Only who knows the password of a
    /// deactivated account is told that it is one.
    /// </summary>
    /// <param name="device">What the sessions list says of it, such as <c>Firefox on Linux</c>.</param>
    [PlatformOnly, ForSomebody, Alias("SignIn")]
    Task<Result<SignInView>> SignInAsync(string password, string device);

    /// <summary>
    /// The second step of signing in, within five minutes of the first. Wrong codes count as wrong passwords do. A code of the authenticator, and a recovery code,
    /// is good for one sign-in.
    /// </summary>
    /// <param name="challenge">What the first step answered.</param>
    /// <param name="code">Six digits, or a recovery code; blanks and hyphens do not matter.</param>
    [PlatformOnly, ForSomebody, Alias("ConfirmSignIn")]
    Task<Result<TokenView>> ConfirmSignInAsync(string challenge, string code);

    /// <summary>The sessions that have not expired, without their secrets.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("ListSessions")]
    Task<ImmutableArray<TokenView>> ListSessionsAsync();

    /// <summary>Ends all sessions. Tokens stay.</summary>
    [RequiresAccount, Alias("SignOutEverywhere")]
    Task SignOutEverywhereAsync();

    /// <summary>The teams it is in, by name. A list that may lag behind: the team itself says who is in it.</summary>
    [RequiresAccount, AlwaysInterleave, Alias("ListTeams")]
    Task<ImmutableArray<TeamName>> ListTeamsAsync();

    /// <summary>It is in the team now, or is not any more.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("SetTeam")]
    Task SetTeamAsync(TeamName team, bool isMember);

    [RequiresAccount, AlwaysInterleave, Alias("GetSecondFactor")]
    Task<SecondFactorView> GetSecondFactorAsync();

    /// <summary>Makes the secret of a second factor, which counts once <see cref="BeginSecondFactorAsync"/> has shown that an authenticator has it.</summary>
    [RequiresAccount, Alias("OfferSecondFactor")]
    Task<Result<SecondFactorOffer>> OfferSecondFactorAsync();

    /// <summary>Asks for the authenticator's codes from now on. Answers ten recovery codes, which are in this answer only.</summary>
    /// <param name="code">What the authenticator shows for the secret that was offered last.</param>
    [RequiresAccount, Alias("BeginSecondFactor")]
    Task<Result<ImmutableArray<string>>> BeginSecondFactorAsync(string code);

    /// <summary>Makes ten new recovery codes, which are in this answer only; the old ones are worthless.</summary>
    /// <param name="password">As for <see cref="EndSecondFactorAsync"/>.</param>
    [RequiresAccount, Alias("RenewRecoveryCodes")]
    Task<Result<ImmutableArray<string>>> RenewRecoveryCodesAsync(string? password);

    /// <summary>Asks for no codes any more.</summary>
    /// <param name="password">The holder's; an administrator who does it for another need not know it.</param>
    [RequiresAccount, Alias("EndSecondFactor")]
    Task<Result<Done>> EndSecondFactorAsync(string? password);
}

/// <summary>Finds the account of a token. Key: SHA-256 of the secret, in lower-case hex; the secret itself is stored nowhere.</summary>
[Alias("neeto.ITokenGrain")]
public interface ITokenGrain : IGrainWithStringKey
{
    [PlatformOnly, Alias("Issue")]
    Task IssueAsync(string email, Guid tokenId, DateTimeOffset? expiresAt);

    /// <summary>Whom the token stands for; null when it is unknown, expired or revoked.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("Authenticate")]
    Task<AuthenticatedToken?> AuthenticateAsync();

    [PlatformOnly, Alias("Revoke")]
    Task RevokeAsync();

    /// <summary>The account has changed: whom the token stands for is asked anew.</summary>
    [PlatformOnly, Alias("ForgetHolder")]
    Task ForgetHolderAsync();
}

/// <summary>An account as it sees itself.</summary>
/// <param name="DeactivatedAt">Null while it is active.</param>
[GenerateSerializer, Immutable, Alias("neeto.AccountView")]
public sealed record AccountView(
    [property: Id(0)] AccountId Id,
    [property: Id(1)] string Email,
    [property: Id(2)] bool IsAdmin,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset UpdatedAt,
    [property: Id(5)] bool HasSecondFactor,
    [property: Id(6)] DateTimeOffset? DeactivatedAt
)
{
    public bool IsActive => DeactivatedAt is null;
}

/// <summary>A token.</summary>
/// <param name="Secret">Only in the answer that made it.</param>
[GenerateSerializer, Immutable, Alias("neeto.TokenView")]
public sealed record TokenView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Description,
    [property: Id(2)] string? Secret,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset? ExpiresAt,
    [property: Id(5)] DateTimeOffset UpdatedAt
);

/// <summary>Who holds a token, and which of the account's tokens it is.</summary>
[GenerateSerializer, Immutable, Alias("neeto.AuthenticatedToken")]
public sealed record AuthenticatedToken([property: Id(0)] Actor Actor, [property: Id(1)] Guid TokenId);
