using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using NeetoDeploy.Api.Streams;

namespace NeetoDeploy.Api.Accounts;

/// <summary>A program that asks to be signed in.</summary>
/// <param name="Description">What it says of itself; the token will be called so.</param>
/// <param name="From">The address it asked from.</param>
public sealed record LoginTicket(Guid Id, string Description, string From, DateTimeOffset ExpiresAt);

/// <summary>
/// Logins that have begun travel in their own addresses, signed: strangers may begin as many as they like, and none takes room here.
/// </summary>
public sealed partial class LoginTickets(UrlSigner signer)
{
    /// <summary>What the person opens.</summary>
    public const string BrowserRoute = "/auth/browser/{ticket}/{signature}";

    /// <summary>What the program waits on, showing <see cref="SecretOf"/>.</summary>
    public const string CliRoute = "/auth/cli/{ticket}/{signature}";

    public string BrowserPath(LoginTicket ticket) => Path("browser", ticket);

    public string CliPath(LoginTicket ticket) => Path("cli", ticket);

    /// <summary>What only the program that began the login knows.</summary>
    public string SecretOf(LoginTicket ticket) => signer.Sign(SecretText(ticket));

    public bool IsSecretOf(LoginTicket ticket, string? secret) => secret is not null && signer.IsSigned(SecretText(ticket), secret);

    /// <summary>The login of an address; false when the address is not ours. Whether it has expired is the caller's question.</summary>
    public bool TryRead(string ticket, string signature, [NotNullWhen(true)] out LoginTicket? result)
    {
        result = signer.IsSigned($"login {ticket}", signature)
            ? JsonSerializer.Deserialize(Base64Url.DecodeFromChars(ticket), LoginJson.Default.LoginTicket)
            : null;
        return result is not null;
    }

    private static string SecretText(LoginTicket ticket) => $"login-secret {ticket.Id:D}";

    private string Path(string whose, LoginTicket ticket)
    {
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(ticket, LoginJson.Default.LoginTicket));
        return $"/auth/{whose}/{text}/{signer.Sign($"login {text}")}";
    }

    [JsonSerializable(typeof(LoginTicket))]
    private sealed partial class LoginJson : JsonSerializerContext;
}
