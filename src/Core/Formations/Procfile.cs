using System.Collections.Immutable;

namespace NeetoDeploy.Core.Formations;

/// <summary>The process types that an app declares, in the order it declares them.</summary>
public sealed record Procfile(ImmutableArray<ProcfileEntry> Entries);

/// <summary>One line of a Procfile.</summary>
/// <param name="Command">What bash runs; it may use <c>$PORT</c> and other variables.</param>
/// <param name="Line">Its line number, from 1.</param>
public sealed record ProcfileEntry(ProcessType Type, string Command, int Line);
