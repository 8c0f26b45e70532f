using System.Collections.Immutable;
using CsCheck;
using NeetoDeploy.Core.ConfigVars;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Tests.ConfigVars;

public sealed class ConfigVarPatchTests
{
    private static readonly ImmutableSortedDictionary<string, string> Two = ConfigVarPatch.NoVars.Add("A", "1").Add("B", "2");

    [Fact]
    public void A_patch_sets_and_removes_and_says_which()
    {
        var change = ConfigVarPatch
            .Apply(
                Two,
                new Dictionary<string, string?>
                {
                    ["C"] = "3",
                    ["A"] = null,
                    ["B"] = "two",
                }
            )
            .Value;
        Assert.Equal(ConfigVarPatch.NoVars.Add("B", "two").Add("C", "3"), change.Vars);
        Assert.Equal(["B", "C"], change.Set);
        Assert.Equal(["A"], change.Removed);
    }

    [Fact]
    public void Setting_what_is_set_and_removing_what_is_not_there_is_no_change() =>
        Assert.True(ConfigVarPatch.Apply(Two, new Dictionary<string, string?> { ["A"] = "1", ["Z"] = null }).Value.IsNothing);

    [Theory]
    [InlineData("")]
    [InlineData("1ST")]
    [InlineData("A-B")]
    [InlineData("A B")]
    [InlineData("A=B")]
    [InlineData("$(id)")]
    [InlineData("A\n")]
    [InlineData("Ä")]
    public void A_name_that_no_shell_could_read_is_refused(string name) =>
        Assert.Equal(
            ErrorCodes.ConfigVarInvalidName,
            ConfigVarPatch.Apply(Two, new Dictionary<string, string?> { [name] = "x" }).Error?.Code
        );

    [Fact]
    public void One_bad_name_refuses_the_whole_patch() =>
        Assert.False(ConfigVarPatch.Apply(Two, new Dictionary<string, string?> { ["GOOD"] = "x", ["not good"] = "x" }).IsOk);

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("`id` $(id) ; | & \" '")]
    [InlineData("")]
    [InlineData("ünïcödé 🚀")]
    public void A_value_may_be_anything_that_an_environment_can_carry(string value) =>
        Assert.Equal(value, ConfigVarPatch.Apply(Two, new Dictionary<string, string?> { ["V"] = value }).Value.Vars["V"]);

    [Fact]
    public void A_value_with_NUL_is_refused() =>
        Assert.Equal(
            ErrorCodes.ConfigVarInvalidValue,
            ConfigVarPatch.Apply(Two, new Dictionary<string, string?> { ["V"] = "a\0b" }).Error?.Code
        );

    [Fact]
    public void All_vars_together_may_have_64_KiB_and_not_a_byte_more()
    {
        var room = ConfigVarPatch.MaxTotalBytes - 1;
        var exact = new Dictionary<string, string?> { ["V"] = new string('x', room) };
        Assert.True(ConfigVarPatch.Apply(ConfigVarPatch.NoVars, exact).IsOk);
        Assert.Equal(ErrorCodes.ConfigVarTooLarge, ConfigVarPatch.Apply(Two, exact).Error?.Code);
    }

    [Fact]
    public void A_change_applied_again_is_none()
    {
        var pairs = Gen.Select(Gen.Char['A', 'F'], Gen.String[Gen.Char['a', 'c'], 0, 2], Gen.Bool);
        pairs
            .List[0, 8]
            .Sample(list =>
            {
                var patch = new Dictionary<string, string?>();
                foreach (var (name, value, isSet) in list)
                    patch[name.ToString()] = isSet ? value : null;
                var once = ConfigVarPatch.Apply(Two, patch).Value;
                return ConfigVarPatch.Apply(once.Vars, patch).Value.IsNothing;
            });
    }

    [Theory]
    [InlineData("PORT", true)]
    [InlineData("DYNO", true)]
    [InlineData("HEROKU_APP_NAME", true)]
    [InlineData("PORTS", false)]
    [InlineData("MY_HEROKU_APP", false)]
    public void The_platform_keeps_a_few_names(string name, bool isReserved) => Assert.Equal(isReserved, ReservedVars.IsReserved(name));
}
