using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;

namespace NeetoDeploy.Core.Tests.Access;

public sealed class TeamPolicyTests
{
    private static readonly Actor Person = new(new AccountId(Guid.NewGuid()), "dev@example.com", IsAdmin: false);
    private static readonly Actor Admin = Person with { IsAdmin = true };

    [Fact]
    public void Every_role_in_a_team_may_do_exactly_what_the_table_says()
    {
        var table = new Dictionary<TeamRole, (TeamAction[] InTeam, AppRole InApps)>
        {
            [TeamRole.None] = ([], AppRole.None),
            [TeamRole.Viewer] = ([TeamAction.View], AppRole.Viewer),
            [TeamRole.Member] = ([TeamAction.View, TeamAction.AddApps], AppRole.Collaborator),
            [TeamRole.Admin] = ([TeamAction.View, TeamAction.AddApps, TeamAction.ManageMembers], AppRole.Owner),
            [TeamRole.Owner] = (Enum.GetValues<TeamAction>(), AppRole.Owner),
        };
        foreach (var role in Enum.GetValues<TeamRole>())
        {
            Assert.Equal(table[role].InTeam, Enum.GetValues<TeamAction>().Where(action => AccessPolicy.Allows(Person, role, action)));
            Assert.Equal(table[role].InApps, AccessPolicy.RoleInApps(role));
            Assert.All(Enum.GetValues<TeamAction>(), action => Assert.True(AccessPolicy.Allows(Admin, role, action)));
        }
    }

    [Fact]
    public void Owners_are_made_and_unmade_by_owners_and_nobody_else_is_by_members()
    {
        foreach (var own in Enum.GetValues<TeamRole>())
        foreach (var present in Enum.GetValues<TeamRole>())
        foreach (var wanted in Enum.GetValues<TeamRole>())
        {
            var isAboutOwners = present == TeamRole.Owner || wanted == TeamRole.Owner;
            Assert.Equal(
                own == TeamRole.Owner || (own == TeamRole.Admin && !isAboutOwners),
                AccessPolicy.MayAssign(Person, own, present, wanted)
            );
            Assert.True(AccessPolicy.MayAssign(Admin, own, present, wanted));
        }
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData("a1", true)]
    [InlineData("a", false)]
    [InlineData("Acme", false)]
    [InlineData("acme-", false)]
    [InlineData("1acme", false)]
    [InlineData("a234567890123456789012345678901", false)]
    [InlineData("apps", false)]
    [InlineData("invitations", false)]
    public void A_name_of_a_team_is_a_label_that_means_nothing_else_in_the_API(string text, bool isName) =>
        Assert.Equal(isName, TeamName.TryParse(text, null, out _));
}
