using NeetoDeploy.Api.Git;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Api.Tests.Git;

public sealed class GitRepositoriesTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("neeto-git-");

    [Fact]
    public async Task A_removed_repository_is_gone_alone_and_removing_it_again_is_harmless()
    {
        var repositories = new GitRepositories(
            new ApiOptions
            {
                PublicUrl = "http://127.0.0.1:5000",
                GitUrl = "https://localhost:5443",
                ApiPort = 5000,
                RouterToken = "router",
                AppsDomain = "localhost",
                RouterPort = 8080,
                DataDirectory = data.FullName,
                SigningKey = new byte[32],
            }
        );
        var (app, other) = (new AppId(Guid.NewGuid()), new AppId(Guid.NewGuid()));
        await repositories.EnsureAsync(app);
        await repositories.EnsureAsync(other);

        await repositories.RemoveAsync(app);
        await repositories.RemoveAsync(app);

        Assert.Equal([$"{other}.git"], Directory.GetFileSystemEntries(repositories.Root).Select(Path.GetFileName));
    }

    public void Dispose() => data.Delete(recursive: true);
}
