using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Releases;

namespace NeetoDeploy.Core.Dynos;

/// <summary>What shall run in a place of the formation.</summary>
/// <param name="Restart">Grows when a restart is asked for; a wish that differs in anything is a new incarnation.</param>
[GenerateSerializer, Immutable, Alias("neeto.DynoWish")]
public sealed record DynoWish(
    [property: Id(0)] AppName App,
    [property: Id(1)] ReleaseVersion Release,
    [property: Id(2)] DynoSize Size,
    [property: Id(3)] int Restart
);
