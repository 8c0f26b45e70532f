namespace NeetoDeploy.Supervisor.Processes;

/// <summary>A process's place among others where processors are short, as far as this user may say so.</summary>
public enum Standing
{
    Usual,

    /// <summary>It goes before others, in a session of its own.</summary>
    Urgent,

    /// <summary>It leaves processors to apps while they are asked much.</summary>
    Background,
}
