namespace NeetoDeploy.Silo.Hosting;

/// <summary>A setting or a secret that the silo cannot start with. The message names it and says what to do.</summary>
public sealed class SettingException(string message) : Exception(message);
