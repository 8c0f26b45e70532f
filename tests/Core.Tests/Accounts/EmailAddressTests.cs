using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Tests.Accounts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("admin@neeto.local")]
    [InlineData("first.last+tag@sub.example.com")]
    public void An_address_in_lower_case_is_accepted(string email) => Assert.Null(EmailAddress.Refuse(email));

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("Dev@example.com")]
    [InlineData("dev@")]
    [InlineData("dev@exa mple.com")]
    [InlineData("dev@example.com\n")]
    [InlineData("dev/x@example.com")]
    public void Anything_else_is_refused(string email) => Assert.Equal(ErrorCodes.AccountInvalidEmail, EmailAddress.Refuse(email)?.Code);
}
