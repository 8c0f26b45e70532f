namespace NeetoDeploy.Silo.Stacks;

/// <summary>How far a stack's preparation has come, for whoever waits for it.</summary>
/// <param name="Step">What is being done; null when nothing is.</param>
/// <param name="Error">Why the last attempt failed, also while the next one is under way.</param>
/// <param name="Failures">How many attempts have failed.</param>
public sealed record StackProgress(string Name, bool IsReady, string? Step, string? Error, int Failures);
