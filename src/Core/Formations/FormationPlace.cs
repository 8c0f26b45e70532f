using NeetoDeploy.Core.Dynos;

namespace NeetoDeploy.Core.Formations;

/// <summary>A place of the formation, as the formation remembers it.</summary>
/// <param name="Wish">What it was told to run; null: to stop.</param>
/// <param name="Restart">How often a restart was asked for.</param>
public sealed record FormationPlace(DynoWish? Wish, int Restart);

/// <summary>What a place last told.</summary>
/// <param name="IsSettled">It is as it was told.</param>
/// <param name="IsUp">One of its incarnations does its work.</param>
/// <param name="IsGone">Nothing is left of it.</param>
public sealed record PlaceSighting(bool IsSettled, bool IsUp, bool IsGone);
