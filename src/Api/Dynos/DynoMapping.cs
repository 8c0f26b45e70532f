using NeetoDeploy.Api.Apps;
using NeetoDeploy.Api.Contracts.Dynos;
using NeetoDeploy.Api.Http;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Grains.Interfaces.Dynos;

namespace NeetoDeploy.Api.Dynos;

internal static class DynoMapping
{
    public static DynoResource ToResource(this DynoView dyno, ApiRequest request, string? attachUrl = null) =>
        new(
            attachUrl,
            dyno.Command,
            dyno.CreatedAt,
            dyno.Id,
            dyno.Name.ToString(),
            new DynoReleaseRef(dyno.Release.Value, dyno.Version.Number),
            request.App.ToRef(),
            dyno.Size.Name,
            StateOf(dyno.Status),
            dyno.Name.Type.ToString(),
            dyno.UpdatedAt
        );

    private static string StateOf(DynoStatus status) =>
        status switch
        {
            DynoStatus.Starting => "starting",
            DynoStatus.Up => "up",
            DynoStatus.Idle => "idle",
            DynoStatus.Crashed => "crashed",
            DynoStatus.Down => "down",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
        };
}
