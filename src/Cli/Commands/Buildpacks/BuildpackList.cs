using NeetoDeploy.Api.Contracts.Buildpacks;
using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Buildpacks;

/// <summary>An app's list of buildpacks: how commands read, replace and show it, in the words of Heroku's CLI.</summary>
internal sealed class BuildpackList(Invocation call, AppPath app)
{
    private const string Urn = "urn:buildpack:";

    private static readonly string[] OlderConfigVars = ["BUILDPACK_URL", "LANGUAGE_PACK_URL"];

    private readonly string path = app.To("/buildpack-installations");

    /// <summary>As the API has them, in the order they run.</summary>
    public async Task<List<string>> ReadAsync(CancellationToken cancel) =>
        [
            .. (await call.Api.ListAsync(path, ApiJson.Default.BuildpackInstallationResourceArray, cancel))
                .OrderBy(installed => installed.Ordinal)
                .Select(installed => installed.Buildpack.Url),
        ];

    /// <summary>Where a buildpack is in a list, by its name or its URL; -1 when it is not.</summary>
    public static int Find(List<string> buildpacks, string wanted) => buildpacks.FindIndex(known => NameOf(known) == NameOf(wanted));

    /// <exception cref="CliException">It is in the list.</exception>
    public static void RequireNew(List<string> buildpacks, string wanted)
    {
        if (Find(buildpacks, wanted) >= 0)
            throw new CliException(ExitCode.Failed, $"The buildpack {wanted} is already set on your app.");
    }

    /// <summary>Replaces the list and says what it is now.</summary>
    /// <param name="done">Such as <c>added</c>.</param>
    public async Task<int> WriteAsync(IEnumerable<string> buildpacks, string done, CancellationToken cancel)
    {
        var now = await PutAsync(buildpacks, cancel);
        return call.Show(
            now,
            ApiJson.Default.BuildpackInstallationResourceArray,
            () => ShowUpdate([.. now.Select(b => b.Buildpack.Name)], done)
        );
    }

    /// <summary>Empties the list.</summary>
    /// <param name="done">Such as <c>Buildpacks cleared.</c></param>
    public async Task<int> ClearAsync(string done, CancellationToken cancel)
    {
        var now = await PutAsync([], cancel);
        var configVars = await call.Api.GetAsync(app.To("/config-vars"), ApiJson.Default.IReadOnlyDictionaryStringString, cancel);
        var older = OlderConfigVars.FirstOrDefault(configVars.ContainsKey);
        return call.Show(
            now,
            ApiJson.Default.BuildpackInstallationResourceArray,
            () =>
            {
                call.Screen.Line(older is null ? $"{done} Next release on {app.Name} will detect buildpacks normally." : done);
                if (older is not null)
                    call.Screen.Note($"Warning: The {older} config var is still set and will be used for the next release");
            }
        );
    }

    /// <summary>One by its name, several with their numbers.</summary>
    public void Show(IReadOnlyList<string> names, string indent)
    {
        for (var i = 0; i < names.Count; i++)
            call.Screen.Line(names.Count == 1 ? names[i] : $"{indent}{i + 1}. {names[i]}");
    }

    private Task<BuildpackInstallationResource[]> PutAsync(IEnumerable<string> buildpacks, CancellationToken cancel) =>
        call.Api.SendAsync(
            HttpMethod.Put,
            path,
            new SetBuildpacksRequest([.. buildpacks.Select(buildpack => new BuildpackUpdate(buildpack))]),
            ApiJson.Default.SetBuildpacksRequest,
            ApiJson.Default.BuildpackInstallationResourceArray,
            cancel
        );

    private void ShowUpdate(string[] names, string done)
    {
        if (names is [var only])
        {
            call.Screen.Line($"Buildpack {done}. Next release on {app.Name} will use {only}.");
            call.Screen.Line("Run git push neeto main to create a new release using this buildpack.");
            return;
        }
        call.Screen.Line($"Buildpack {done}. Next release on {app.Name} will use:");
        Show(names, "  ");
        call.Screen.Line("Run git push neeto main to create a new release using these buildpacks.");
    }

    private static string NameOf(string buildpack) =>
        buildpack.StartsWith(Urn, StringComparison.Ordinal) ? buildpack[Urn.Length..] : buildpack;
}
