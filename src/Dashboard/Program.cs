using NeetoDeploy.Dashboard.Hosting;

try
{
    await DashboardHost.Create(HostSettings.Read(args)).RunAsync();
    return 0;
}
catch (HostSettingException wrong)
{
    await Console.Error.WriteLineAsync($"The dashboard cannot start. {wrong.Message}");
    // EX_CONFIG: starting again would not help.
    return 78;
}
