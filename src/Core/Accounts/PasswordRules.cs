using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Accounts;

/// <summary>What a password must be. Its length counts and nothing else, as NIST SP 800-63B advises.</summary>
public static class PasswordRules
{
    public const int Shortest = 10;
    public const int Longest = 256;

    /// <summary>Why the password cannot be taken; null when it can.</summary>
    public static Error? Refuse(string password) =>
        password.Length is >= Shortest and <= Longest
            ? null
            : new Error(
                ErrorCodes.AccountWeakPassword,
                $"A password has {Shortest} to {Longest} characters; a short sentence is a good one."
            );
}
