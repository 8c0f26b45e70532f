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
    private const int ReleasesKept = 40;

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
                var state = Play(events, WithNewSlug);
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
    public void Old_releases_are_forgotten_and_everything_that_the_others_need_stays() =>
        Gen.Int[0, 4]
            .List[1, 120]
            .Sample(events =>
            {
                var whole = Play(events, WithNewSlug);
                var state = whole.Forget(ReleasesKept);
                var names = state.Releases.Select(r => r.Version.Number).ToList();
                var slugs = state.Slugs.Select(slug => slug.Id).ToHashSet();
                return state.Current() == whole.Current()
                    && state.Basis() == whole.Basis()
                    && names.SequenceEqual(Enumerable.Range(names.FirstOrDefault(1), names.Count))
                    && whole.Releases.TakeLast(ReleasesKept).All(state.Releases.Contains)
                    && state.Releases.All(r => (r.Slug is not { } slug || slugs.Contains(slug)) && state.Configs.ContainsKey(r.Config))
                    && whole
                        .Releases.Except(state.Releases)
                        .All(r => r.Slug is not { } slug || state.IsRetired(slug) || state.Releases.Any(k => k.Slug == slug));
            });

    [Fact]
    public void What_is_remembered_has_a_bound_and_the_newest_release_goes_on()
    {
        var state = new ReleasesState();
        for (var i = 1; i <= 5 * ReleasesKept; i++)
        {
            var slug = Slug(i, "web");
            state = (state with { Slugs = state.Slugs.Add(slug), Configs = state.Configs.Add(i, "sealed") })
                .Append(Guid.NewGuid(), "deploy", User, i, slug.Id, Now)
                .Retire(ImagesKept)
                .Forget(ReleasesKept);
            // As the ledger does when the images have been removed.
            state = state with
            {
                GoneSlugs = state.GoneSlugs.AddRange(state.LeavingSlugs),
                LeavingSlugs = [],
            };
        }

        Assert.Equal(ReleasesKept, state.Releases.Length);
        Assert.Equal(ReleasesKept, state.Configs.Count);
        Assert.InRange(state.Slugs.Length, ReleasesKept, 2 * ReleasesKept);
        Assert.InRange(state.GoneSlugs.Length, 1, ReleasesKept + 1);
        state = (state with { Slugs = state.Slugs.Add(Migrating) }).Append(Guid.NewGuid(), "phase", User, 1, Migrating.Id, Now);
        Assert.Equal(5 * ReleasesKept + 1, state.Releases[^1].Version.Number);
        state = state.Turn(state.Releases[^1].Version, ReleaseTrigger.PhaseFailed, Now);
        Assert.Equal(ReleaseStatus.Failed, state.Releases[^1].Status);
    }

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

    private static ReleasesState WithNewSlug(ReleasesState s) => s with { Slugs = s.Slugs.Add(Slug(s.Slugs.Length + 1, "web", "release")) };

    private static ReleasesState Play(List<int> events, Func<ReleasesState, ReleasesState> deploy) =>
        events.Aggregate(
            new ReleasesState { Configs = ImmutableSortedDictionary<int, string>.Empty.Add(1, "sealed") },
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
