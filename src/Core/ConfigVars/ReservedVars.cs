namespace NeetoDeploy.Core.ConfigVars;

/// <summary>Vars that the platform gives each dyno. A config var of the same name may be set, and a dyno sees the platform's value.</summary>
public static class ReservedVars
{
    public static bool IsReserved(string name) => name is "PORT" or "DYNO" || name.StartsWith("HEROKU_", StringComparison.Ordinal);
}
