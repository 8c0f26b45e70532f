using OtpNet;

namespace NeetoDeploy.Grains.Accounts;

/// <summary>The codes of authenticators, RFC 6238 as all of them take it: SHA-1, six digits, 30 seconds; one step early or late is good as well.</summary>
internal static class TimeCodes
{
    private const int SecretBytes = 20;

    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>In base 32.</summary>
    public static string NewSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes));

    /// <summary><c>otpauth://totp/…</c></summary>
    public static string AddressOf(string secret, string email) => new OtpUri(OtpType.Totp, secret, email, "NeetoDeploy").ToString();

    /// <summary>The time step that a code is of; null when it is of none near now.</summary>
    public static long? FindStep(string secret, string code, DateTimeOffset now) =>
        new Totp(Base32Encoding.ToBytes(secret)).VerifyTotp(now.UtcDateTime, code, out var step, Window) ? step : null;
}
