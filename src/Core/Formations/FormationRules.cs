using System.Collections.Immutable;
using System.Globalization;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Formations;

/// <summary>How releases and people change the rows of a formation.</summary>
public static class FormationRules
{
    /// <summary>Dynos of one process type at most.</summary>
    public const int MostDynos = 100;

    /// <summary>
    /// The rows for a release: a process type that it lacks loses its row, a new one gets a row with no dynos, or one dyno for
    /// <c>web</c>. The release phase has no row.
    /// </summary>
    public static ImmutableArray<ProcessRow> Follow(
        ImmutableArray<ProcessRow> rows,
        ImmutableSortedDictionary<string, string> processTypes,
        Func<Guid> newId,
        DateTimeOffset now
    )
    {
        var next = processTypes
            .Where(declared => ProcessType.TryParse(declared.Key, null, out var type) && type != ProcessType.Release)
            .Select(declared => Follow(rows, ProcessType.Parse(declared.Key), declared.Value, newId, now))
            .ToImmutableArray();
        return next.SequenceEqual(rows) ? rows : next;
    }

    /// <summary>Changes one row; a null part stays as it is.</summary>
    /// <param name="quantity"><c>2</c>, <c>+1</c> or <c>-1</c>.</param>
    public static Result<ImmutableArray<ProcessRow>> Scale(
        ImmutableArray<ProcessRow> rows,
        string type,
        string? quantity,
        string? size,
        DateTimeOffset now
    )
    {
        if (rows.FirstOrDefault(row => row.Type.ToString() == type) is not { } row)
            return new Error(ErrorCodes.FormationUnknownProcessType, $"Couldn't find that process type ({type}).");
        var newSize = size is null ? row.Size : DynoSize.Find(size);
        if (newSize is null)
            return new Error(
                ErrorCodes.FormationUnknownSize,
                $"No such type as {size}. Choose one of {string.Join(", ", DynoSize.All.Select(s => s.Name))}."
            );
        return Quantity(row.Quantity, quantity)
            .Map(count =>
            {
                var changed = row with { Quantity = count, Size = newSize };
                return changed == row ? rows : rows.Replace(row, changed with { UpdatedAt = now });
            });
    }

    private static ProcessRow Follow(
        ImmutableArray<ProcessRow> rows,
        ProcessType type,
        string command,
        Func<Guid> newId,
        DateTimeOffset now
    )
    {
        if (rows.FirstOrDefault(row => row.Type == type) is { } row)
            return row.Command == command ? row : row with { Command = command, UpdatedAt = now };
        return new ProcessRow(newId(), type, command, type == ProcessType.Web ? 1 : 0, DynoSize.Default, now, now);
    }

    private static Result<int> Quantity(int current, string? wanted)
    {
        if (wanted is null)
            return current;
        var isRelative = wanted.StartsWith('+') || wanted.StartsWith('-');
        if (!int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return new Error(ErrorCodes.FormationInvalidQuantity, $"'{wanted}' is not a quantity. Use a number such as 2, +1 or -1.");
        var quantity = isRelative ? (long)current + number : number;
        if (quantity is < 0 or > MostDynos)
            return new Error(
                ErrorCodes.FormationInvalidQuantity,
                $"A process type runs 0 to {MostDynos} dynos; {quantity} is not possible."
            );
        return (int)quantity;
    }
}
