using System.Collections.Immutable;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Grains.Interfaces.Apps;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Releases;

public sealed record ReleasesState : StoredState
{
    public const string StateName = "releases";

    /// <summary>Oldest first, without those that have been forgotten; versions grow by one.</summary>
    public ImmutableArray<StoredRelease> Releases { get; init; } = [];

    /// <summary>Sealed config vars by number. Releases with the same vars share one.</summary>
    public ImmutableSortedDictionary<int, string> Configs { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    public ImmutableArray<StoredSlug> Slugs { get; init; } = [];

    /// <summary>Slugs whose images are no longer kept and are being removed.</summary>
    public ImmutableArray<Guid> LeavingSlugs { get; init; } = [];

    /// <summary>Slugs whose images have been removed.</summary>
    public ImmutableArray<Guid> GoneSlugs { get; init; } = [];

    /// <summary>The release that app and formation know as the current one.</summary>
    public ReleaseVersion? Announced { get; init; }
}

/// <param name="Config">A key of <see cref="ReleasesState.Configs"/>.</param>
/// <param name="Slug">The id of a slug; null before the first build.</param>
/// <param name="Output">The output of its release phase; null when it had none, or when that has been removed.</param>
/// <param name="IsPhaseOver">Its release phase, if any, needs no more attention.</param>
public sealed record StoredRelease(
    ReleaseId Id,
    ReleaseVersion Version,
    string Description,
    ReleaseStatus Status,
    AccountRef User,
    int Config,
    Guid? Slug,
    OutputId? Output,
    bool IsPhaseOver,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

public sealed record StoredSlug(
    Guid Id,
    BuildId Build,
    ImageRef Image,
    ImmutableSortedDictionary<string, string> ProcessTypes,
    string? Commit,
    long SizeBytes,
    string Stack,
    string? BuildpackDescription,
    DateTimeOffset CreatedAt,
    ImmutableSortedDictionary<string, ProcessImage>? Images = null,
    string? Checksum = null,
    string? CommitDescription = null
)
{
    /// <summary>The same with those process types of an earlier slug that this one does not have, when they have images of their own.</summary>
    public StoredSlug Over(StoredSlug? before)
    {
        if (Images is not { } own || before?.Images is not { } kept)
            return this;
        var isMain = own.ContainsKey(ProcessType.Web.ToString()) || !kept.ContainsKey(ProcessType.Web.ToString());
        return this with
        {
            Image = isMain ? Image : before.Image,
            Images = kept.SetItems(own),
            ProcessTypes = before.ProcessTypes.SetItems(ProcessTypes),
        };
    }

    /// <summary>The same app on another run image.</summary>
    public StoredSlug Rebased(BuildId build, ImageRef image, string stack, DateTimeOffset now) =>
        this with
        {
            Id = build.Value,
            Build = build,
            Image = image,
            Stack = stack,
            CreatedAt = now,
            Checksum = null,
        };

    /// <summary>Every image that one of its dynos may run.</summary>
    public IEnumerable<ImageRef> AllImages() => (Images?.Values ?? []).Select(process => process.Image).Prepend(Image).Distinct();
}
