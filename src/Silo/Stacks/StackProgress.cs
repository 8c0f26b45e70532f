namespace NeetoDeploy.Silo.Stacks;

/// <summary>How far a stack's preparation has come, for whoever waits for it.</summary>
/// <param name="Step">What is being done; null when nothing is.</param>
/// <param name="Error">Why the last attempt failed, also while the next one is under way.</param>
/// <param name="Failures">How many attempts have failed.</param>
/// <param name="IsConfigured">It is one of the operator's, which nobody but its apps waits for.</param>
public sealed record StackProgress(string Name, bool IsReady, string? Step, string? Error, int Failures, bool IsConfigured);

/// <summary>How it is with all stacks, the default first.</summary>
/// <param name="Problem">What is wrong with the operator's file of stacks; null when nothing is.</param>
public sealed record StackReport(IReadOnlyList<StackProgress> Stacks, string? Problem);
