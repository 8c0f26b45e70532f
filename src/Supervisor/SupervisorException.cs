namespace NeetoDeploy.Supervisor;

/// <summary>Something a person has to put right; the message says what, why, and what to do. Ends the command with exit code 1.</summary>
public sealed class SupervisorException(string message) : Exception(message);
