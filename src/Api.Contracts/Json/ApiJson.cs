using System.Text.Json.Serialization;
using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Api.Contracts.Apps;
using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Builds;
using NeetoDeploy.Api.Contracts.Domains;
using NeetoDeploy.Api.Contracts.Dynos;
using NeetoDeploy.Api.Contracts.Errors;
using NeetoDeploy.Api.Contracts.Features;
using NeetoDeploy.Api.Contracts.Formations;
using NeetoDeploy.Api.Contracts.Logs;
using NeetoDeploy.Api.Contracts.Regions;
using NeetoDeploy.Api.Contracts.Releases;
using NeetoDeploy.Api.Contracts.Slugs;
using NeetoDeploy.Api.Contracts.Sources;
using NeetoDeploy.Api.Contracts.Stacks;
using NeetoDeploy.Api.Contracts.Teams;

namespace NeetoDeploy.Api.Contracts.Json;

/// <summary>How every shape of the Platform API is written and read: snake_case, explicit nulls, whole seconds.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(IsoSecondsConverter)])]
[JsonSerializable(typeof(AccountResource))]
[JsonSerializable(typeof(AuthorizationResource[]))]
[JsonSerializable(typeof(CreateAuthorizationRequest))]
[JsonSerializable(typeof(UpdateAuthorizationRequest))]
[JsonSerializable(typeof(BeginLoginRequest))]
[JsonSerializable(typeof(LoginResource))]
[JsonSerializable(typeof(LoginOutcomeResource))]
[JsonSerializable(typeof(AppResource[]))]
[JsonSerializable(typeof(CreateAppRequest))]
[JsonSerializable(typeof(UpdateAppRequest))]
[JsonSerializable(typeof(FilterAppsRequest))]
[JsonSerializable(typeof(CollaboratorResource[]))]
[JsonSerializable(typeof(AddCollaboratorRequest))]
[JsonSerializable(typeof(BuildpackInstallationResource[]))]
[JsonSerializable(typeof(SetBuildpacksRequest))]
[JsonSerializable(typeof(RegistryBuildpackResource))]
[JsonSerializable(typeof(BuildResource[]))]
[JsonSerializable(typeof(BuildDetailsResource))]
[JsonSerializable(typeof(SbomResource[]))]
[JsonSerializable(typeof(CreateBuildRequest))]
[JsonSerializable(typeof(DomainResource[]))]
[JsonSerializable(typeof(AddDomainRequest))]
[JsonSerializable(typeof(DynoResource[]))]
[JsonSerializable(typeof(CreateDynoRequest))]
[JsonSerializable(typeof(ErrorResource))]
[JsonSerializable(typeof(FeatureResource[]))]
[JsonSerializable(typeof(UpdateFeatureRequest))]
[JsonSerializable(typeof(FormationResource[]))]
[JsonSerializable(typeof(ScaleRequest))]
[JsonSerializable(typeof(LogSessionResource))]
[JsonSerializable(typeof(CreateLogSessionRequest))]
[JsonSerializable(typeof(RegionResource[]))]
[JsonSerializable(typeof(ReleaseResource[]))]
[JsonSerializable(typeof(CreateReleaseRequest))]
[JsonSerializable(typeof(SlugResource))]
[JsonSerializable(typeof(CreateSlugRequest))]
[JsonSerializable(typeof(SourceResource))]
[JsonSerializable(typeof(StackResource[]))]
[JsonSerializable(typeof(TeamResource[]))]
[JsonSerializable(typeof(CreateTeamRequest))]
[JsonSerializable(typeof(TeamMemberResource[]))]
[JsonSerializable(typeof(SetTeamRoleRequest))]
[JsonSerializable(typeof(TeamInvitationResource[]))]
[JsonSerializable(typeof(TeamAppResource[]))]
[JsonSerializable(typeof(CreateTeamAppRequest))]
[JsonSerializable(typeof(GiveAppRequest))]
[JsonSerializable(typeof(PermissionResource[]))]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
public sealed partial class ApiJson : JsonSerializerContext;
