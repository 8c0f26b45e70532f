namespace NeetoDeploy.Core.Results;

/// <summary>Every error code that a command, the API or the CLI can answer. <c>docs/errors.md</c> is checked against this list.</summary>
public static class ErrorCodes
{
    public const string AppInvalidName = "app.invalid_name";
    public const string AppNameTaken = "app.name_taken";
    public const string AppNotFound = "app.not_found";
    public const string AccountNotFound = "account.not_found";
    public const string AccountInvalidEmail = "account.invalid_email";
    public const string AccountExists = "account.exists";
    public const string AccountWrongPassword = "account.wrong_password";
    public const string AccountWeakPassword = "account.weak_password";
    public const string AccountOwnRights = "account.own_rights";
    public const string AccountTooManyAttempts = "account.too_many_attempts";
    public const string AccountSignInOver = "account.sign_in_over";
    public const string AccountWrongCode = "account.wrong_code";
    public const string AccountSecondFactorOn = "account.second_factor_on";
    public const string AccountSecondFactorOff = "account.second_factor_off";
    public const string SetupClosed = "setup.closed";
    public const string BuildNotFound = "build.not_found";
    public const string BuildNotRunning = "build.not_running";
    public const string BuildWaiting = "build.waiting";
    public const string BuildpackUnknown = "buildpack.unknown";
    public const string ConfigVarInvalidName = "config_var.invalid_name";
    public const string ConfigVarInvalidValue = "config_var.invalid_value";
    public const string ConfigVarTooLarge = "config_var.too_large";
    public const string CollaboratorExists = "collaborator.exists";
    public const string CollaboratorNotFound = "collaborator.not_found";
    public const string DomainInvalid = "domain.invalid";
    public const string DomainNotFound = "domain.not_found";
    public const string DomainTaken = "domain.taken";
    public const string DynoNotFound = "dyno.not_found";
    public const string FavouritesTooMany = "favourites.too_many";
    public const string FeatureUnknown = "feature.unknown";
    public const string FormationInvalidQuantity = "formation.invalid_quantity";
    public const string FormationUnknownProcessType = "formation.unknown_process_type";
    public const string FormationUnknownSize = "formation.unknown_size";
    public const string ImageNotFound = "image.not_found";
    public const string ImageUnreadable = "image.unreadable";
    public const string LoginOver = "login.over";
    public const string LogTooManyStreams = "log.too_many_streams";
    public const string ProcfileInvalid = "procfile.invalid";
    public const string RegistryUnavailable = "registry.unavailable";
    public const string ReleaseNotEligible = "release.not_eligible_for_rollback";
    public const string ReleaseNotFound = "release.not_found";
    public const string ReleaseNoImage = "release.no_image";
    public const string RunInvalidCommand = "run.invalid_command";
    public const string RunNotFound = "run.not_found";
    public const string SbomNotFound = "sbom.not_found";
    public const string SlugInvalid = "slug.invalid";
    public const string SlugNotFound = "slug.not_found";
    public const string SlugNotReady = "slug.not_ready";
    public const string SourceInvalid = "source.invalid";
    public const string StackUnknown = "stack.unknown";
    public const string TokenInvalid = "token.invalid";
}
