namespace NeetoDeploy.Silo.Stacks;

/// <summary>How far a stack's preparation has come, for whoever waits for it.</summary>
/// <param name="Step">What is being done; null before the first step and when all is done.</param>
/// <param name="Error">Why the last attempt failed; null while one is under way.</param>
public sealed record StackProgress(string Name, bool IsReady, string? Step, string? Error);
