using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace NeetoDeploy.Core.Dynos;

/// <summary>All that is remembered of a dyno's place.</summary>
/// <param name="Wish">What shall run here; null: nothing.</param>
/// <param name="Incarnations">Oldest first; two at most.</param>
/// <param name="LastGeneration">Of the newest incarnation ever; numbers are not used twice.</param>
/// <param name="Crashes">Crashes in a row; a dyno that stays up for a while begins anew.</param>
/// <param name="RestartAt">When to start again after a crash; null when it has not crashed since its last start.</param>
public sealed record DynoPlace(
    DynoWish? Wish,
    ImmutableArray<Incarnation> Incarnations,
    int LastGeneration,
    int Crashes,
    DateTimeOffset? RestartAt
)
{
    /// <summary>Nothing wanted, nothing there.</summary>
    public static readonly DynoPlace Empty = new(null, [], 0, 0, null);

    /// <summary>The newest incarnation that is not on its way out.</summary>
    [JsonIgnore]
    public Incarnation? Newest => Incarnations.LastOrDefault(incarnation => incarnation.IsCurrent);

    /// <summary>Incarnations that do their work.</summary>
    [JsonIgnore]
    public IEnumerable<Incarnation> Up => Incarnations.Where(incarnation => incarnation.Stage == IncarnationStage.Up);

    /// <summary>Exactly the wished incarnation is up, and nothing else is left; or nothing is wanted and nothing is left.</summary>
    [JsonIgnore]
    public bool IsSettled =>
        Wish is null ? Incarnations.IsEmpty : Incarnations is [{ Stage: IncarnationStage.Up } only] && only.Wish == Wish;

    /// <summary>No incarnation is left and none is wanted.</summary>
    [JsonIgnore]
    public bool IsGone => Wish is null && Incarnations.IsEmpty;

    /// <summary>What people see.</summary>
    [JsonIgnore]
    public DynoStatus Status =>
        this switch
        {
            { Wish: null } => DynoStatus.Down,
            { RestartAt: not null } => DynoStatus.Crashed,
            { Newest.Stage: IncarnationStage.Up } => DynoStatus.Up,
            _ => DynoStatus.Starting,
        };

    /// <summary>Changes the wish. A new wish forgives earlier crashes: it may be the repair.</summary>
    public DynoPlace Want(DynoWish? wish) => wish == Wish ? this : this with { Wish = wish, Crashes = 0, RestartAt = null };
}
