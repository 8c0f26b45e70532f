using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Accounts;

namespace NeetoDeploy.Core.Tests.Access;

public sealed class AccessPolicyTests
{
    private static readonly Actor Person = new(new AccountId(Guid.NewGuid()), "dev@example.com", IsAdmin: false);
    private static readonly Actor Admin = Person with { IsAdmin = true };

    [Fact]
    public void Every_role_may_do_exactly_what_the_table_says()
    {
        var table = new Dictionary<AppRole, AppAction[]>
        {
            [AppRole.None] = [],
            [AppRole.Viewer] = [AppAction.View],
            [AppRole.Collaborator] = [AppAction.View, AppAction.ReadSecrets, AppAction.Deploy, AppAction.Operate],
            [AppRole.Owner] = [AppAction.View, AppAction.ReadSecrets, AppAction.Deploy, AppAction.Operate, AppAction.Administer],
        };
        foreach (var role in Enum.GetValues<AppRole>())
        {
            Assert.Equal(table[role], Enum.GetValues<AppAction>().Where(action => AccessPolicy.Allows(Person, role, action)));
            Assert.All(Enum.GetValues<AppAction>(), action => Assert.True(AccessPolicy.Allows(Admin, role, action)));
        }
    }
}
