using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Drivers.Fake.Dynos;

namespace NeetoDeploy.Drivers.Tests.Conformance;

public sealed class FakeDynoDriverTests : DynoDriverConformance
{
    private readonly FakeDynoDriver driver = new(TimeProvider.System);

    public FakeDynoDriverTests()
    {
        driver.LoseImage(MissingImage);
        driver.Run(
            "stubborn",
            async process =>
            {
                process.WriteLine("ignoring");
                return await FakePrograms.IgnoreTermination(process);
            }
        );
        driver.Run("crash", FakePrograms.Exit(3, "dying"));
        driver.Run("greedy", FakePrograms.RunOutOfMemory);
        driver.Run("echo", FakePrograms.Echo);
        driver.Run(
            "talker",
            process =>
            {
                for (var i = 1; i <= 200; i++)
                {
                    process.WriteLine($"line {i}");
                    process.WriteLine($"error {i}");
                }
                process.Write("unfinished"u8);
                return Task.FromResult(0);
            }
        );
    }

    protected override IDynoDriver Driver => driver;

    protected override ImageRef Image { get; } = new("127.0.0.1:5001", "apps/one", ImageDigest.FromHash(new byte[32]));

    protected override ImageRef MissingImage { get; } = new("127.0.0.1:5001", "apps/none", ImageDigest.FromHash(new byte[32]));

    protected override Task<ImageRef> PublishAsync(string repository) => Task.FromResult(Image with { Repository = repository });

    protected override Task<bool> HasAsync(ImageRef image) => Task.FromResult(driver.Images.Contains(image));
}
