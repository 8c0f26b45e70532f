using System.Collections.Immutable;
using CsCheck;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Releases;

namespace NeetoDeploy.Grains.Tests.Releases;

public sealed class ReleaseHistoryTests
{
    private const int ImagesKept = 20;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);
    private static readonly AccountRef User = new(default, "dev@example.com");
    private static readonly StoredSlug Plain = Slug(1, "web");
    private static readonly StoredSlug Migrating = Slug(2, "web", "release");
    private static readonly ReleasesState Empty = new() { Slugs = [Plain, Migrating] };

    /// <summary>0: a release without a phase; 1: one with a phase; 2 and 3: the newest phase succeeds or fails.</summary>
    private static readonly Gen<List<int>> Events = Gen.Int[0, 3].List[1, 30];

    [Fact]
    public void Versions_grow_by_one_whatever_happens() =>
        Events.Sample(events => Play(events).Releases.Select((release, i) => release.Version.Number == i + 1).All(ok => ok));

    [Fact]
    public void At_most_the_newest_release_is_pending() =>
        Events.Sample(events => Play(events).Releases.SkipLast(1).All(release => release.Status != ReleaseStatus.Pending));

    [Fact]
    public void What_runs_has_succeeded_and_nothing_newer_has() =>
        Events.Sample(events =>
        {
            var state = Play(events);
            return state.Current() is not { } current
                ? state.Releases.All(release => release.Status != ReleaseStatus.Succeeded)
                : current.Status == ReleaseStatus.Succeeded
                    && state
                        .Releases.Where(release => release.Version.Number > current.Version.Number)
                        .All(release => release.Status != ReleaseStatus.Succeeded);
        });

    [Fact]
    public void What_runs_what_is_next_and_the_newest_that_succeeded_keep_their_images() =>
        Gen.Int[0, 4]
            .List[1, 120]
            .Sample(events =>
            {
                var state = Play(events, s => s with { Slugs = s.Slugs.Add(Slug(s.Slugs.Length + 1, "web", "release")) });
                var rollbacks = state
                    .Releases.Where(r => r is { Slug: not null, Status: ReleaseStatus.Succeeded })
                    .Reverse()
                    .Select(r => r.Slug!.Value)
                    .Distinct()
                    .Take(ImagesKept);
                StoredRelease?[] needed = [state.Current(), state.Basis()];
                return rollbacks.Concat(needed.Select(r => r?.Slug).OfType<Guid>()).All(slug => !state.IsRetired(slug))
                    && state.Slugs.Count(slug => !state.IsRetired(slug.Id) && state.Releases.Any(r => r.Slug == slug.Id)) <= 2 * ImagesKept;
            });

    [Fact]
    public void An_image_that_a_process_type_of_a_kept_slug_runs_is_needed()
    {
        var (shared, own) = (Image(1), Image(2));
        var old = Slug(1, "web") with { Image = shared, Images = Types(("web", shared), ("worker", own)) };
        var state = new ReleasesState
        {
            Slugs = [old, Slug(2, "web") with { Image = Image(3), Images = Types(("web", Image(3)), ("worker", shared)) }],
            LeavingSlugs = [old.Id],
        };

        Assert.Equal([own], state.Unneeded(state.LeavingSlugs));
        Assert.Empty(state.Reprieve([own]).LeavingSlugs);
        Assert.Same(state, state.Reprieve([Image(3)]));
    }

    private static ImmutableSortedDictionary<string, ProcessImage> Types(params (string Type, ImageRef Image)[] types) =>
        types.ToImmutableSortedDictionary(t => t.Type, t => new ProcessImage(t.Image, []));

    private static ImageRef Image(byte n) => new("127.0.0.1:5001", "apps/x", ImageDigest.FromHash([.. Enumerable.Repeat(n, 32)]));

    private static ReleasesState Play(List<int> events, Func<ReleasesState, ReleasesState> deploy) =>
        events.Aggregate(
            new ReleasesState(),
            (s, what) =>
                what switch
                {
                    0 or 1 => deploy(s) is var next
                        ? next.Append(Guid.NewGuid(), "deploy", User, 1, next.Slugs[^1].Id, Now).Retire(ImagesKept)
                        : s,
                    _ when s.Releases.IsEmpty => s,
                    2 => s.Append(Guid.NewGuid(), "config", User, 1, s.Basis()?.Slug, Now).Retire(ImagesKept),
                    3 => s.Turn(s.Releases[^1].Version, ReleaseTrigger.PhaseSucceeded, Now),
                    _ => s.Turn(s.Releases[^1].Version, ReleaseTrigger.PhaseFailed, Now),
                }
        );

    private static ReleasesState Play(List<int> events) =>
        events.Aggregate(
            Empty,
            (s, what) =>
                what switch
                {
                    0 => s.Append(Guid.NewGuid(), "plain", User, 1, Plain.Id, Now),
                    1 => s.Append(Guid.NewGuid(), "migrating", User, 1, Migrating.Id, Now),
                    _ when s.Releases.IsEmpty => s,
                    2 => s.Turn(s.Releases[^1].Version, ReleaseTrigger.PhaseSucceeded, Now),
                    _ => s.Turn(s.Releases[^1].Version, ReleaseTrigger.PhaseFailed, Now),
                }
        );

    private static StoredSlug Slug(int n, params string[] types) =>
        new(
            new Guid(n, 0, 0, new byte[8]),
            new BuildId(Guid.NewGuid()),
            new ImageRef("127.0.0.1:5001", "apps/x", ImageDigest.FromHash(new byte[32])),
            types.ToImmutableSortedDictionary(type => type, type => $"run {type}"),
            null,
            1,
            "neeto-12",
            null,
            Now
        );
}
