namespace NeetoDeploy.Architecture.Tests;

/// <summary>Tells of every place that breaks a rule, a line each.</summary>
internal static class Offenders
{
    public static void None(IEnumerable<string> offenders)
    {
        var all = offenders.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
