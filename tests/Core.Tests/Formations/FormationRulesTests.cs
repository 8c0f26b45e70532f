using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Tests.Formations;

public sealed class FormationRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_release_runs_one_web_dyno_and_nothing_else()
    {
        var rows = Follow([], ("web", "node ."), ("worker", "node worker"), ("release", "migrate"));

        Assert.Equal([("web", 1), ("worker", 0)], rows.Select(row => (row.Type.ToString(), row.Quantity)));
    }

    [Fact]
    public void A_process_type_that_vanishes_loses_its_row_and_the_others_keep_theirs()
    {
        var rows = Scale(Follow([], ("web", "a"), ("worker", "b")), "web", "3").Value;

        rows = Follow(rows, ("web", "c"));

        var row = Assert.Single(rows);
        Assert.Equal((3, "c"), (row.Quantity, row.Command));
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("+1", 2)]
    [InlineData("-1", 0)]
    [InlineData("0", 0)]
    [InlineData(null, 1)]
    public void Quantities_are_absolute_or_relative(string? wanted, int expected) =>
        Assert.Equal(expected, Scale(Follow([], ("web", "a")), "web", wanted).Value[0].Quantity);

    [Theory]
    [InlineData("web", "-2", null, ErrorCodes.FormationInvalidQuantity)]
    [InlineData("web", "101", null, ErrorCodes.FormationInvalidQuantity)]
    [InlineData("web", "two", null, ErrorCodes.FormationInvalidQuantity)]
    [InlineData("web", "99999999999999", null, ErrorCodes.FormationInvalidQuantity)]
    [InlineData("worker", "1", null, ErrorCodes.FormationUnknownProcessType)]
    [InlineData("release", "1", null, ErrorCodes.FormationUnknownProcessType)]
    [InlineData("web", "1", "huge", ErrorCodes.FormationUnknownSize)]
    public void What_cannot_be_is_refused_with_a_reason(string type, string quantity, string? size, string code) =>
        Assert.Equal(code, FormationRules.Scale(Follow([], ("web", "a"), ("release", "b")), type, quantity, size, Now).Error?.Code);

    [Fact]
    public void Sizes_are_found_in_any_letter_case() =>
        Assert.Equal("Standard-2X", FormationRules.Scale(Follow([], ("web", "a")), "web", null, "standard-2x", Now).Value[0].Size.Name);

    private static ImmutableArray<ProcessRow> Follow(ImmutableArray<ProcessRow> rows, params (string Type, string Command)[] types) =>
        FormationRules.Follow(rows, types.ToImmutableSortedDictionary(type => type.Type, type => type.Command), Guid.NewGuid, Now);

    private static Result<ImmutableArray<ProcessRow>> Scale(ImmutableArray<ProcessRow> rows, string type, string? quantity) =>
        FormationRules.Scale(rows, type, quantity, null, Now);
}
