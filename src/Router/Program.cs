using NeetoDeploy.Router;

// Sockets run their continuations where the event arrived. Measured: a fifth more requests a second; nothing in a router blocks. It has to
// be set before the first socket.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

try
{
    await RouterApplication.Create(RouterSettings.Read(args)).RunAsync();
    return 0;
}
catch (RouterSettingsException e)
{
    await Console.Error.WriteLineAsync($"router: {e.Message}");
    return 78;
}
