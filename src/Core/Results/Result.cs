using System.Diagnostics.CodeAnalysis;

namespace NeetoDeploy.Core.Results;

/// <summary>The closed outcome of a command: a value, or an <see cref="Results.Error"/>. Exceptions are for bugs and lost infrastructure only.</summary>
[GenerateSerializer, Immutable, Alias("neeto.Result`1")]
public sealed class Result<T> : IOutcome
{
    [Id(0)]
    private readonly T? value;

    [Id(1)]
    private readonly Error? error;

    private Result(T? value, Error? error)
    {
        this.value = value;
        this.error = error;
    }

    /// <summary>Whether the command was accepted.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => error is null;

    /// <summary>The reason of a refusal; null when accepted.</summary>
    public Error? Error => error;

    /// <summary>The value of an accepted command.</summary>
    /// <exception cref="InvalidOperationException">The command was refused.</exception>
    public T Value => error is null ? value! : throw new InvalidOperationException($"The command was refused: {error}");

    object? IOutcome.Value => value;

    /// <summary>The only way to branch on the outcome.</summary>
    public TOut Match<TOut>(Func<T, TOut> ok, Func<Error, TOut> refused) => error is null ? ok(value!) : refused(error);

    /// <summary>Carries a refusal on unchanged, or maps the value.</summary>
    public Result<TOut> Map<TOut>(Func<T, TOut> map) => error is null ? map(value!) : error;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>The value of a command that answers nothing but success.</summary>
[GenerateSerializer, Immutable, Alias("neeto.Done")]
public readonly record struct Done;
