using NeetoDeploy.Core.Accounts;

namespace NeetoDeploy.Grains.Interfaces.Builds;

/// <summary>Why a build was cancelled, as its output says behind "Build cancelled:".</summary>
public static class CancelReasons
{
    public static string AskedFor(Actor actor) => $"{actor.Email} asked for it";
}
