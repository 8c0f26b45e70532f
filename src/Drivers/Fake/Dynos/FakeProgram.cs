namespace NeetoDeploy.Drivers.Fake.Dynos;

/// <summary>What a fake dyno does from its start; answers the exit code.</summary>
public delegate Task<int> FakeProgram(FakeProcess process);

/// <summary>Programs that tests commonly want.</summary>
public static class FakePrograms
{
    /// <summary>Runs until SIGTERM, then exits by it (143).</summary>
    public static readonly FakeProgram RunUntilTerminated = async process =>
    {
        await process.Terminated;
        return 143;
    };

    /// <summary>Runs until SIGKILL, whatever else it is sent.</summary>
    public static readonly FakeProgram IgnoreTermination = async process =>
    {
        await process.WhenKilled();
        return 137;
    };

    /// <summary>Allocates until the kernel kills it.</summary>
    public static readonly FakeProgram RunOutOfMemory = process =>
    {
        process.ReportOutOfMemory();
        return Task.FromResult(137);
    };

    /// <summary>Writes what it reads until its input ends, then exits 0.</summary>
    public static readonly FakeProgram Echo = async process =>
    {
        await foreach (var bytes in process.Input.ReadAllAsync(process.Killed))
            process.Write(bytes);
        return 0;
    };

    /// <summary>Writes lines and exits.</summary>
    public static FakeProgram Exit(int code, params string[] lines) =>
        process =>
        {
            foreach (var line in lines)
                process.WriteLine(line);
            return Task.FromResult(code);
        };

    /// <summary>Writes lines, then runs until SIGTERM.</summary>
    public static FakeProgram Say(params string[] lines) =>
        async process =>
        {
            foreach (var line in lines)
                process.WriteLine(line);
            return await RunUntilTerminated(process);
        };
}
