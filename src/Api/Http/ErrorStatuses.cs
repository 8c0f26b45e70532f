using System.Collections.Frozen;

namespace NeetoDeploy.Api.Http;

/// <summary>How each error code is answered. <c>docs/errors.md</c> is this table for people.</summary>
public static class ErrorStatuses
{
    private static readonly FrozenDictionary<string, ErrorStatus> Table = new Dictionary<string, ErrorStatus>
    {
        [ErrorCodes.AppInvalidName] = Invalid,
        [ErrorCodes.AppNameTaken] = Invalid,
        [ErrorCodes.AppNotFound] = Missing("app"),
        [ErrorCodes.AccountNotFound] = Missing("account"),
        [ErrorCodes.AccountInvalidEmail] = Invalid,
        [ErrorCodes.AccountExists] = Invalid,
        [ErrorCodes.AccountWrongPassword] = new(StatusCodes.Status401Unauthorized, "unauthorized", null),
        [ErrorCodes.AccountWeakPassword] = Invalid,
        [ErrorCodes.AccountOwnRights] = Conflict,
        [ErrorCodes.AccountDeactivated] = new(StatusCodes.Status403Forbidden, "suspended", null),
        [ErrorCodes.AccountTooManyAttempts] = new(StatusCodes.Status429TooManyRequests, "rate_limit", null),
        [ErrorCodes.AccountSignInOver] = new(StatusCodes.Status401Unauthorized, "unauthorized", null),
        [ErrorCodes.AccountWrongCode] = new(StatusCodes.Status401Unauthorized, "unauthorized", null),
        [ErrorCodes.AccountSecondFactorOn] = Conflict,
        [ErrorCodes.AccountSecondFactorOff] = Conflict,
        [ErrorCodes.BuildNotFound] = Missing("build"),
        [ErrorCodes.BuildNotRunning] = Conflict,
        [ErrorCodes.BuildWaiting] = Conflict,
        [ErrorCodes.BuildpackUnknown] = Invalid,
        [ErrorCodes.ConfigVarInvalidName] = Invalid,
        [ErrorCodes.ConfigVarInvalidValue] = Invalid,
        [ErrorCodes.ConfigVarTooLarge] = Invalid,
        [ErrorCodes.CollaboratorExists] = Invalid,
        [ErrorCodes.CollaboratorNotFound] = Missing("collaborator"),
        [ErrorCodes.DomainInvalid] = Invalid,
        [ErrorCodes.DomainNotFound] = Missing("domain"),
        [ErrorCodes.DomainTaken] = Invalid,
        [ErrorCodes.DynoNotFound] = Missing("dyno"),
        [ErrorCodes.FavouritesTooMany] = Invalid,
        [ErrorCodes.FeatureUnknown] = Missing("feature"),
        [ErrorCodes.FormationInvalidQuantity] = Invalid,
        [ErrorCodes.FormationUnknownProcessType] = Missing("formation"),
        [ErrorCodes.FormationUnknownSize] = Invalid,
        [ErrorCodes.ImageNotFound] = Missing("image"),
        [ErrorCodes.ImageUnreadable] = Conflict,
        [ErrorCodes.InvitationOver] = Missing("invitation"),
        [ErrorCodes.LoginOver] = Missing("login"),
        [ErrorCodes.LogTooManyStreams] = TooMany,
        [ErrorCodes.ProcfileInvalid] = Invalid,
        [ErrorCodes.RegistryUnavailable] = Unavailable,
        [ErrorCodes.ReleaseNotEligible] = Invalid,
        [ErrorCodes.ReleaseNotFound] = Missing("release"),
        [ErrorCodes.ReleaseNoImage] = Conflict,
        [ErrorCodes.RunInvalidCommand] = Invalid,
        [ErrorCodes.RunNotFound] = Missing("dyno"),
        [ErrorCodes.SbomNotFound] = Missing("sbom"),
        [ErrorCodes.SetupClosed] = new(StatusCodes.Status404NotFound, "not_found", null),
        [ErrorCodes.SlugInvalid] = Invalid,
        [ErrorCodes.SlugNotFound] = Missing("slug"),
        [ErrorCodes.SlugNotReady] = Invalid,
        [ErrorCodes.SourceInvalid] = Invalid,
        [ErrorCodes.StackUnknown] = Invalid,
        [ErrorCodes.TeamInvalidName] = Invalid,
        [ErrorCodes.TeamLastOwner] = Conflict,
        [ErrorCodes.TeamMemberExists] = Invalid,
        [ErrorCodes.TeamMemberNotFound] = Missing("team_member"),
        [ErrorCodes.TeamNameTaken] = Invalid,
        [ErrorCodes.TeamNotAllowed] = new(StatusCodes.Status403Forbidden, "forbidden", null),
        [ErrorCodes.TeamNotFound] = Missing("team"),
        [ErrorCodes.TeamOwnsApps] = Conflict,
        [ErrorCodes.TokenInvalid] = Missing("authorization"),
    }.ToFrozenDictionary();

    private static ErrorStatus Invalid => new(StatusCodes.Status422UnprocessableEntity, "invalid_params", null);

    private static ErrorStatus Conflict => new(StatusCodes.Status409Conflict, "conflict", null);

    private static ErrorStatus TooMany => new(StatusCodes.Status429TooManyRequests, "rate_limit", null);

    private static ErrorStatus Unavailable => new(StatusCodes.Status503ServiceUnavailable, "unavailable", null);

    /// <summary>Every code with its answer.</summary>
    public static IReadOnlyDictionary<string, ErrorStatus> All => Table;

    /// <summary>The answer for a code. A code that is missing here is refused input.</summary>
    public static ErrorStatus For(string code) => Table.GetValueOrDefault(code, Invalid);

    private static ErrorStatus Missing(string resource) => new(StatusCodes.Status404NotFound, "not_found", resource);
}

/// <summary>An HTTP status with Heroku's word for it.</summary>
/// <param name="Resource">What kind of thing is missing; null otherwise.</param>
public sealed record ErrorStatus(int Status, string Id, string? Resource);
