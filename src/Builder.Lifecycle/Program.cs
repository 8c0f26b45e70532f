using NeetoDeploy.Builder.Lifecycle;
using NeetoDeploy.Builder.Lifecycle.Platform;
using NeetoDeploy.Builder.Lifecycle.Tools;

try
{
    var platform = PlatformApi.Check(Environment.GetEnvironmentVariable("CNB_PLATFORM_API"));
    return await RunAsync(args.Length == 0 ? "" : args[0], Arguments.Parse(args.Length == 0 ? [] : args[1..]), platform);
}
catch (LifecycleException refused)
{
    foreach (var line in refused.Message.Split('\n'))
        Console.Error.WriteLine($" !     {line}");
    return refused.ExitCode;
}

static async Task<int> RunAsync(string command, Arguments arguments, Version platform)
{
    switch (command)
    {
        case "creator" or "detect" or "restore" or "build":
            using (var creator = new Creator(arguments, platform, TimeProvider.System, Console.Out, Console.Error))
            {
                await (
                    command switch
                    {
                        "detect" => creator.DetectAsync(),
                        "restore" => creator.RestoreAsync(),
                        "build" => creator.BuildAsync(),
                        _ => creator.CreateAsync(),
                    }
                );
            }
            return 0;
        case "procfile" when arguments.Words is [var app, var launchToml]:
            return ProcfileTool.Run(app, launchToml, Console.Out, Console.Error);
        case "semver" when arguments.Words is [var range]:
            return VersionTool.Run(range, Console.In, Console.Out);
        default:
            throw new LifecycleException(
                ExitCodes.InvalidArguments,
                "usage: lifecycle creator|detect|restore|build [-app DIR] [-layers DIR] [-platform DIR] [-order FILE] …"
            );
    }
}
