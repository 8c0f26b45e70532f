using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;

namespace NeetoDeploy.Core.Tests.Apps;

public sealed class AppStatusTests
{
    [Theory]
    [InlineData("Up Up", FormationStatus.Up)]
    [InlineData("Up Idle", FormationStatus.Up)]
    [InlineData("Idle Idle", FormationStatus.Idle)]
    [InlineData("Up Starting", FormationStatus.Starting)]
    [InlineData("Up Down", FormationStatus.Starting)]
    [InlineData("Starting Crashed", FormationStatus.Crashed)]
    [InlineData("Down", FormationStatus.Stopped)]
    [InlineData("", FormationStatus.Stopped)]
    public void Dynos_together_are_as_the_worst_of_them(string dynos, FormationStatus expected) =>
        Assert.Equal(
            expected,
            FormationStatuses.Of([.. dynos.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<DynoStatus>)])
        );

    [Theory]
    [InlineData(false, false, false, null, AppStatus.New)]
    [InlineData(false, true, false, null, AppStatus.New)]
    [InlineData(false, true, true, null, AppStatus.Deploying)]
    [InlineData(true, true, true, FormationStatus.Crashed, AppStatus.Maintenance)]
    [InlineData(true, false, true, FormationStatus.Up, AppStatus.Deploying)]
    [InlineData(true, false, false, null, AppStatus.Unknown)]
    public void What_people_do_with_an_app_comes_before_how_its_dynos_are(
        bool isReleased,
        bool isInMaintenance,
        bool isDeploying,
        FormationStatus? formation,
        AppStatus expected
    ) => Assert.Equal(expected, AppStatuses.Of(isReleased, isInMaintenance, isDeploying, formation));

    [Fact]
    public void A_running_app_is_as_its_dynos_are() =>
        Assert.All(
            Enum.GetValues<FormationStatus>(),
            formation => Assert.Equal(formation.ToString(), AppStatuses.Of(true, false, false, formation).ToString())
        );
}
