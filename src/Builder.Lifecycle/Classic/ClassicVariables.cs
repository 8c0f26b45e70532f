using NeetoDeploy.Builder.Lifecycle.Platform;

namespace NeetoDeploy.Builder.Lifecycle.Classic;

/// <summary>
/// The environment of a classic buildpack's programs (<see href="https://devcenter.heroku.com/articles/buildpack-api"/>). Config vars are not in it: they
/// are files in a folder whose path the programs get.
/// </summary>
internal sealed class ClassicVariables(LifecyclePaths paths, BuildEnvironment environment, Func<string, string?> own)
{
    // Classic buildpacks choose by "case $STACK" and give up on a name that they do not know. Debian 12 is nearest to this one: binaries for it are made
    // to run with a newer glibc than their own, never an older one, so what downloads Ubuntu's binaries may still fail, and says so itself.
    private const string Stack = "heroku-24";

    /// <summary>What exactly the next program gets: what earlier buildpacks, of either kind, have exported is in it.</summary>
    public Dictionary<string, string> Take()
    {
        var variables = environment.Shared();
        foreach (var name in variables.Keys.Where(IsOfCloudNativeBuildpacks).ToList())
            variables.Remove(name);
        variables["HOME"] = paths.App;
        variables["STACK"] = Stack;
        variables["REQUEST_ID"] = own("REQUEST_ID") ?? "";
        variables["SOURCE_VERSION"] = own("SOURCE_VERSION") ?? "";
        variables["CURL_CONNECT_TIMEOUT"] = "90";
        variables["CURL_TIMEOUT"] = "600";
        return variables;
    }

    private static bool IsOfCloudNativeBuildpacks(string name) =>
        name.StartsWith("CNB_", StringComparison.Ordinal) || name.StartsWith("NEETO_", StringComparison.Ordinal);
}
