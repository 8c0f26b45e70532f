using System.Text;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>Whether git reaches the installation: as the installation means it, and as this shell and this user have set it up.</summary>
internal sealed class GitChecks(DataFolder data, Installation installation)
{
    private const string Env = "eval \"$(./neeto env)\"";

    /// <summary>An app that need not be there: who may not come in is told so before.</summary>
    private string Url => $"https://{installation.TlsHost}/neeto-doctor.git";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        var served = await ServedAsync(cancel);
        return served.Advice is null ? [served, await HereAsync(cancel)] : [served];
    }

    private async Task<Finding> ServedAsync(CancellationToken cancel)
    {
        if (!File.Exists(data.AuthorityBundle) || !File.Exists(data.AdminToken))
            return new Finding("git over HTTPS", "certificate or token is missing", "Run 'neeto up', which makes what is missing.");
        var answer = await GitAnswer.AskAsync(Url, Own(), cancel);
        return answer.Access switch
        {
            GitAccess.Well => new Finding("git over HTTPS", $"answers on https://{installation.TlsHost}, with its certificate and token"),
            GitAccess.Distrusted => new Finding(
                "git over HTTPS",
                $"another certificate is shown ({answer.Text})",
                "Run 'neeto down' and 'neeto up': the silo has an old certificate, or the port is another's."
            ),
            GitAccess.WrongCredentials => new Finding(
                "git over HTTPS",
                "the administrator's token is refused",
                "Run 'neeto down' and 'neeto up'."
            ),
            _ => new Finding("git over HTTPS", answer.Text, "It starts with 'neeto up'. If it does run: see logs/silo.log."),
        };
    }

    /// <summary>A hint only: the installation is well, and so may be another shell.</summary>
    private async Task<Finding> HereAsync(CancellationToken cancel)
    {
        var answer = await GitAnswer.AskAsync(Url, [], cancel);
        return answer.Access switch
        {
            GitAccess.Well => new Finding("git in this shell", "has certificate and credentials"),
            GitAccess.Distrusted => new Finding(
                "git in this shell",
                "does not trust the certificate",
                $"In this shell: {Env}",
                IsHint: true
            ),
            GitAccess.NoCredentials => new Finding(
                "git in this shell",
                "trusts the certificate, and has no credentials",
                "In the app's checkout: neeto git:remote -a APP (or heroku git:remote)",
                IsHint: true
            ),
            GitAccess.WrongCredentials => new Finding(
                "git in this shell",
                "its credentials are refused",
                $"They may be another installation's. In this shell: {Env}",
                IsHint: true
            ),
            _ => new Finding("git in this shell", answer.Text, "See git's own settings: git config --list --show-origin", IsHint: true),
        };
    }

    /// <summary>None of the user's settings, and the token where no other user sees it: not among the arguments.</summary>
    private (string Name, string Value)[] Own() =>
        [
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_SSL_CAINFO", data.AuthorityBundle),
            ("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "http.extraHeader"),
            ("GIT_CONFIG_VALUE_0", $"Authorization: Basic {Credentials()}"),
        ];

    private string Credentials() => Convert.ToBase64String(Encoding.UTF8.GetBytes($":{File.ReadAllText(data.AdminToken).Trim()}"));
}
