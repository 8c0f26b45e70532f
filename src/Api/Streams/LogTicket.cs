using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces;

namespace NeetoDeploy.Api.Streams;

/// <summary>What the URL of a log session permits.</summary>
/// <param name="Holder">Key of the token that asked for it (<see cref="GrainKeys.TokenKey"/>): the URL is as good as that token.</param>
/// <param name="Lines">How many of the newest lines to begin with.</param>
/// <param name="Tail">Go on with lines as they come.</param>
/// <param name="ExpiresAt">From then on the URL answers 404.</param>
public sealed record LogTicket(AppId App, string Holder, LogFilter Filter, int Lines, bool Tail, DateTimeOffset ExpiresAt);
