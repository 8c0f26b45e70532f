namespace NeetoDeploy.Builder.Sources;

/// <summary>The source cannot be built, for a reason that its owner can act on; the message is one line for them.</summary>
internal sealed class SourceException(string message, Exception? cause = null) : Exception(message, cause);
