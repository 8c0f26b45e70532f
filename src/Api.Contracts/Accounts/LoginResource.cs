namespace NeetoDeploy.Api.Contracts.Accounts;

/// <summary>Begins a login that is finished in a browser: <c>POST /auth</c> of the login host.</summary>
/// <param name="Description">What the program says of itself.</param>
public sealed record BeginLoginRequest(string? Description);

/// <summary>A login that has begun.</summary>
/// <param name="BrowserUrl">The path that a person opens.</param>
/// <param name="CliUrl">The path that the program waits on.</param>
/// <param name="Token">What the program shows there.</param>
public sealed record LoginResource(string BrowserUrl, string CliUrl, string Token);

/// <summary>How a login has ended: one of both is null.</summary>
public sealed record LoginOutcomeResource(string? AccessToken, string? Error);
