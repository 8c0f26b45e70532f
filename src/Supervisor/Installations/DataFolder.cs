namespace NeetoDeploy.Supervisor.Installations;

/// <summary>Where an installation keeps its things: the only place that knows the layout below <c>--data</c>.</summary>
/// <param name="Root">An absolute path.</param>
public sealed record DataFolder(string Root)
{
    /// <summary>What commands take that are not told another one.</summary>
    public static string Usual =>
        Environment.GetEnvironmentVariable("NEETO_DATA")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".neeto");

    public string InstallationFile => At("installation.json");

    /// <summary>Lines for a shell to source; what the script reads so that every command finds the installation.</summary>
    public string ShellEnvironment => At("env.sh");

    public string MasterKey => At("secrets", "master.key");

    public string AdminToken => At("secrets", "admin.token");

    public string RouterToken => At("secrets", "router.token");

    public string IngestToken => At("secrets", "ingest.token");

    /// <summary>In the link for the first sign-in; worth nothing after it.</summary>
    public string SetupToken => At("secrets", "setup.token");

    public string AuthorityCertificate => At("tls", "ca.pem");

    public string AuthorityKey => At("tls", "ca.key");

    public string ServerCertificate => At("tls", "server.pem");

    public string ServerKey => At("tls", "server.key");

    /// <summary>The machine's own authorities and ours, for clients that take one file and talk to others as well.</summary>
    public string AuthorityBundle => At("tls", "bundle.pem");

    /// <summary>Certificates and keys of the cluster's members, and of their authority.</summary>
    public string ClusterFile(string name) => At("cluster", name);

    /// <summary>Keys that seal the dashboard's cookies.</summary>
    public string CookieKeys => At("keys");

    public string RegistryConfig => At("registry", "config.yml");

    public string RegistryStorage => At("registry", "storage");

    public string Log(string process) => At("logs", $"{process}.log");

    public string Pid(string process) => At("run", $"{process}.pid");

    /// <summary>Held by the keeper for as long as it lives.</summary>
    public string Lock => At("run", "keeper.lock");

    /// <summary>Settings handed to a process, readable by its user only.</summary>
    public string Settings(string process) => At("run", $"{process}.json");

    /// <summary>Makes the folders, closed to everybody else.</summary>
    public void Create()
    {
        foreach (
            var folder in (string[])
                ["", "secrets", "keys", "tls", "cluster", "db", "git", "sources", "builds", "registry", "stacks", "router", "logs", "run"]
        )
            Directory.CreateDirectory(At(folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);
}
