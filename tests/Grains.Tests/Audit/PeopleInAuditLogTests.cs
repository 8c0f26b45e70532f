using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Teams;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Audit;
using NeetoDeploy.Grains.Tests.Accounts;
using NeetoDeploy.Grains.Tests.Cluster;

namespace NeetoDeploy.Grains.Tests.Audit;

/// <summary>Who signs in, and who becomes what, in the audit log.</summary>
public sealed class PeopleInAuditLogTests : ClusterTests
{
    private const string Email = "dev@example.com";
    private const string Password = "a short sentence";
    private static readonly Actor Admin = People.Make("admin@example.com", isAdmin: true);
    private static readonly CallOrigin Home = new("192.0.2.7", "dashboard");

    [Fact]
    public async Task Sign_ins_are_in_it_as_their_accounts_own_with_the_device_and_refused_ones_with_the_reason()
    {
        await CreateAsync(Email);
        Arrive();
        await Grains.Account(Email).SignInAsync("a wrong sentence", "Firefox on Linux");
        await Grains.Account(Email).SignInAsync(Password, "Firefox on Linux");
        await Grains.Account("nobody@example.com").SignInAsync(Password, "Firefox on Linux");

        var entries = await ReadAsync(Email);
        Assert.Equal(
            [("account: sign in", "Firefox on Linux"), ("account: sign in refused", "E-mail address and password do not belong together.")],
            entries.Take(2).Select(entry => (entry.Action, entry.Detail))
        );
        Assert.All(entries.Take(2), entry => Assert.Equal((Email, Email, Home), (entry.Subject, entry.Account.Email, entry.From)));
        Assert.Empty(await ReadAsync("nobody@example.com"));
    }

    [Fact]
    public async Task Whoever_guesses_does_not_fill_it()
    {
        await CreateAsync(Email);
        Arrive();
        for (var i = 0; i < 20; i++)
            await Grains.Account(Email).SignInAsync($"guess {i}", "x");

        Assert.Equal(5, (await ReadAsync(Email)).Count(entry => entry.Action == "account: sign in refused"));
    }

    [Fact]
    public async Task Changes_of_a_team_and_of_rights_are_in_it_with_what_was_before()
    {
        await CreateAsync(Email);
        var account = (await Grains.Account(Email).GetAsync())!;
        var team = Grains.Team(TeamName.Parse("acme"));
        CallContext.Act(Admin);
        await team.CreateAsync();
        var invitation = (await team.InviteAsync(Email, TeamRole.Viewer)).Value;
        CallContext.Act(new Actor(account.Id, account.Email, account.IsAdmin));
        await team.JoinAsync(invitation.Secret!);
        CallContext.Act(Admin);
        await team.SetRoleAsync(Email, TeamRole.Admin);
        await team.RemoveMemberAsync(Email);
        await Grains.Account(Email).SetAdminAsync(true);

        Assert.Equal(
            [
                ("team: remove member", new AuditChange($"member {Email}", "admin", null)),
                ("team: set role", new AuditChange($"member {Email}", "viewer", "admin")),
                ("team: join", new AuditChange($"member {Email}", null, "viewer")),
                ("team: invite", new AuditChange($"invitation {Email}", null, "viewer")),
                ("team: create", new AuditChange($"member {Admin.Email}", null, "owner")),
            ],
            (await ReadAsync("acme")).Select(entry => (entry.Action, entry.Changes[^1]))
        );
        var raised = (await ReadAsync(Email))[0];
        Assert.Equal(("account: set admin", Admin.Email), (raised.Action, raised.Account.Email));
        Assert.Equal([new AuditChange("administrator", "no", "yes")], raised.Changes);
    }

    [Fact]
    public async Task Who_makes_an_account_by_an_invitation_is_in_it_as_who_has_joined()
    {
        var team = Grains.Team(TeamName.Parse("acme"));
        CallContext.Act(Admin);
        await team.CreateAsync();
        var invitation = (await team.InviteAsync(Email, TeamRole.Member)).Value;
        Arrive();
        await team.EnrolAsync(invitation.Secret!, Password);

        var entry = (await ReadAsync("acme"))[0];
        Assert.Equal(("team: enrol", Email, Email, Home), (entry.Action, entry.Account.Email, entry.Detail, entry.From));
        Assert.Contains(new AuditChange($"member {Email}", null, "member"), entry.Changes);
    }

    private async Task CreateAsync(string email)
    {
        CallContext.Act(Admin);
        await Grains.Account(email).CreateAsync(isAdmin: false);
        await Grains.Account(email).SetPasswordAsync(null, Password);
    }

    /// <summary>Nobody yet, at a browser.</summary>
    private static void Arrive()
    {
        CallContext.Act(Actor.Platform);
        CallContext.ComeFrom(Home);
    }

    private async Task<IReadOnlyList<AuditEntry>> ReadAsync(string subject)
    {
        CallContext.Act(Admin);
        return await Grains.Installation().ReadAuditAsync(new AuditQuery(subject, null, null, 100));
    }
}
