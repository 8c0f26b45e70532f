namespace NeetoDeploy.Grains.Interfaces.Access;

/// <summary>From where a call was made, for the audit log.</summary>
/// <param name="Address">The caller's IP address; null when it is not known.</param>
/// <param name="By">What it was made with: <c>dashboard</c>, <c>git</c>, or what an HTTP client calls itself, at most 100 characters.</param>
/// <param name="Token">The token that let the caller in; null when there was none, or when it is not known.</param>
[GenerateSerializer, Immutable, Alias("neeto.CallOrigin")]
public sealed record CallOrigin([property: Id(0)] string? Address, [property: Id(1)] string By, [property: Id(2)] Guid? Token = null)
{
    private const int Longest = 100;

    /// <summary>The same for a text that anybody may have written: without control characters, and not too long.</summary>
    public static CallOrigin Of(string? address, string by, Guid? token = null) =>
        new(address, new string([.. by.Where(c => !char.IsControl(c)).Take(Longest)]), token);
}
