using NeetoDeploy.Api.Contracts.Json;

namespace NeetoDeploy.Cli.Commands.Config;

/// <summary>A command that changes config vars, all in one release.</summary>
internal abstract class PatchCommand(string name, string description) : AppCommand(name, description)
{
    /// <summary>The new values by name; null removes one.</summary>
    protected abstract IReadOnlyDictionary<string, string?> PatchFrom(Invocation call);

    /// <summary>What was done, in a sentence without its end.</summary>
    protected abstract string Done(string names, string app);

    protected sealed override async Task<int> ExecuteAsync(Invocation call, AppPath app, CancellationToken cancel)
    {
        var patch = PatchFrom(call);
        var vars = await call.Api.SendAsync(
            HttpMethod.Patch,
            app.To("/config-vars"),
            new Dictionary<string, string?>(patch),
            ApiJson.Default.DictionaryStringString,
            ApiJson.Default.DictionaryStringString,
            cancel
        );
        return call.Show(
            vars,
            ApiJson.Default.DictionaryStringString,
            () => call.Screen.Line($"{Done(string.Join(", ", patch.Keys), app.Name)}; it restarts.")
        );
    }
}
