namespace NeetoDeploy.Cli;

/// <summary>Exit codes that scripts can branch on.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>What was asked for was refused, or failed (a build, a run).</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    public const int NotFound = 3;

    /// <summary>Not signed in, or not allowed.</summary>
    public const int Denied = 4;

    /// <summary>The installation does not answer.</summary>
    public const int Unreachable = 5;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGPIPE: nobody reads the answer any more.</summary>
    public const int Unread = 141;
}
