namespace NeetoDeploy.Core.Results;

/// <summary>Any <see cref="Result{T}"/>, for whoever looks at all commands alike.</summary>
public interface IOutcome
{
    /// <summary>The reason of a refusal; null when accepted.</summary>
    Error? Error { get; }

    /// <summary>The value of an accepted command; null when refused.</summary>
    object? Value { get; }
}
