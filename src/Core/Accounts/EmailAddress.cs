using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Accounts;

/// <summary>The rule for what names an account.</summary>
public static partial class EmailAddress
{
    /// <summary>Checks an address in lower case.</summary>
    public static Error? Refuse(string email) =>
        email.Length <= 254 && Pattern().IsMatch(email)
            ? null
            : new Error(ErrorCodes.AccountInvalidEmail, "An account is named by an e-mail address in lower case, such as dev@example.com.");

    [GeneratedRegex(@"\A[a-z0-9.!#$%&'*+=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\z")]
    private static partial Regex Pattern();
}
