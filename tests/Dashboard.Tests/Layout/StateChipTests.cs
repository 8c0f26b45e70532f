using Bunit;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Dashboard.Layout;

namespace NeetoDeploy.Dashboard.Tests.Layout;

public sealed class StateChipTests : BunitContext
{
    public static TheoryData<Enum, string> States =>
        new()
        {
            { DynoStatus.Up, "good" },
            { DynoStatus.Crashed, "bad" },
            { DynoStatus.Starting, "busy" },
            { DynoStatus.Idle, "calm" },
            { BuildStatus.Running, "busy" },
            { BuildStatus.Failed, "bad" },
            { BuildStatus.Cancelled, "calm" },
            { ReleaseStatus.Succeeded, "good" },
            { AppStatus.Maintenance, "warn" },
            { AppStatus.Deploying, "busy" },
            { AppStatus.Unknown, "calm" },
        };

    [Theory, MemberData(nameof(States))]
    public void A_state_has_one_word_and_one_colour(Enum state, string tone)
    {
        var chip = Render<StateChip>(parameters => parameters.Add(shown => shown.State, state)).Find(".chip");
        Assert.Equal(state.ToString().ToLowerInvariant(), chip.TextContent);
        Assert.Contains(tone, chip.ClassList);
    }
}
