using NeetoDeploy.Api.Contracts.Accounts;
using NeetoDeploy.Grains.Interfaces.Accounts;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Accounts;

internal static class AccountMapping
{
    public static AccountResource ToResource(this AccountView account) =>
        new(
            AllowTracking: false,
            Beta: false,
            account.CreatedAt,
            account.Email,
            Federated: false,
            account.Id.Value,
            IdentityProvider: null,
            LastLogin: null,
            Name: null,
            SmsNumber: null,
            SuspendedAt: null,
            DelinquentAt: null,
            account.HasSecondFactor,
            account.UpdatedAt,
            Verified: true,
            CountryOfResidence: null,
            DefaultOrganization: null,
            DefaultTeam: null
        );

    public static UserRef ToUserRef(this AccountRef account) => new(account.Email, account.Id.Value);
}
