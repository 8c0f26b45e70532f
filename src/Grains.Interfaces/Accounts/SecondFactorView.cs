namespace NeetoDeploy.Grains.Interfaces.Accounts;

/// <summary>What the right password makes: one of both is null.</summary>
/// <param name="Session">The session that has begun.</param>
/// <param name="Challenge">What to show with a code: the account has a second factor.</param>
[GenerateSerializer, Immutable, Alias("neeto.SignInView")]
public sealed record SignInView([property: Id(0)] TokenView? Session, [property: Id(1)] string? Challenge);

/// <summary>Codes of an authenticator beside the password (RFC 6238: 6 digits every 30 seconds, SHA-1).</summary>
/// <param name="Since">Null: signing in takes a password and no more.</param>
/// <param name="RecoveryCodes">How many have not been used.</param>
[GenerateSerializer, Immutable, Alias("neeto.SecondFactorView")]
public sealed record SecondFactorView([property: Id(0)] DateTimeOffset? Since, [property: Id(1)] int RecoveryCodes);

/// <summary>A secret for an authenticator.</summary>
/// <param name="Secret">In base 32, as people type it.</param>
/// <param name="Address">The same as <c>otpauth://totp/…</c>, for a QR code.</param>
[GenerateSerializer, Immutable, Alias("neeto.SecondFactorOffer")]
public sealed record SecondFactorOffer([property: Id(0)] string Secret, [property: Id(1)] string Address);
