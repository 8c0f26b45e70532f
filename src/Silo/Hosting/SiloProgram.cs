namespace NeetoDeploy.Silo.Hosting;

/// <summary>The process: settings, secrets, storage, then everything else.</summary>
internal static class SiloProgram
{
    /// <summary>What a wrong setting ends with (EX_CONFIG); starting again would not help.</summary>
    private const int WrongSettings = 78;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await SiloHost.BuildAsync(args, CancellationToken.None);
            await app.RunAsync();
            return 0;
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync($"The silo cannot start. {wrong.Message}");
            return WrongSettings;
        }
    }
}
