namespace NeetoDeploy.Core.Results;

/// <summary>A refusal that a person can act on: a stable code, and a sentence that says what to do.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>, in the form <c>noun.reason</c>.</param>
/// <param name="Message">One or two sentences in English, without a trailing newline.</param>
[GenerateSerializer, Immutable, Alias("neeto.Error")]
public sealed record Error([property: Id(0)] string Code, [property: Id(1)] string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
