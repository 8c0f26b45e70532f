namespace NeetoDeploy.Api.Ranges;

/// <summary>Something a list can be ordered by.</summary>
/// <param name="Name">As clients write it.</param>
/// <param name="Text">A row's value, as it stands in a header.</param>
/// <param name="IsNumber">Order 9 before 10.</param>
public sealed record ListField<T>(string Name, Func<T, string> Text, bool IsNumber = false)
{
    /// <summary>The order of two values.</summary>
    public int Compare(string left, string right) =>
        IsNumber && left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
}
