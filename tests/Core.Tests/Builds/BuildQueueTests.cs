using CsCheck;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Core.Tests.Builds;

public sealed class BuildQueueTests
{
    private static readonly BuildId First = Id(1);
    private static readonly BuildId Second = Id(2);
    private static readonly BuildId Third = Id(3);

    [Fact]
    public void The_first_build_runs_at_once_and_the_second_waits()
    {
        var queue = BuildQueue.Empty.Add(First, out _).Add(Second, out var overtaken);
        Assert.Equal(new BuildQueue(First, Second), queue);
        Assert.Null(overtaken);
    }

    [Fact]
    public void A_later_build_takes_the_place_of_one_that_waits()
    {
        var queue = BuildQueue.Empty.Add(First, out _).Add(Second, out _).Add(Third, out var overtaken);
        Assert.Equal(new BuildQueue(First, Third), queue);
        Assert.Equal(Second, overtaken);
    }

    [Fact]
    public void The_end_of_an_overtaken_build_moves_nobody_up()
    {
        var queue = BuildQueue.Empty.Add(First, out _).Add(Second, out _).Add(Third, out _).End(Second);
        Assert.Equal(new BuildQueue(First, Third), queue);
    }

    [Fact]
    public void Whatever_happens_the_newest_build_runs_in_the_end_and_everyone_is_told()
    {
        // True: a new build arrives. False: the running one ends.
        Gen.Bool.List[1, 40]
            .Sample(events =>
            {
                var queue = BuildQueue.Empty;
                var ran = new List<BuildId>();
                var told = new HashSet<BuildId>();
                var made = 0;
                foreach (var arrives in events)
                {
                    var before = queue;
                    if (arrives)
                    {
                        queue = queue.Add(Id(++made), out var overtaken);
                        if (overtaken is { } pointless)
                            told.Add(pointless);
                    }
                    else if (queue.Running is { } running)
                    {
                        told.Add(running);
                        queue = queue.End(running);
                    }
                    if (queue.Running is { } now && now != before.Running)
                        ran.Add(now);
                }
                while (queue.Running is { } running)
                {
                    told.Add(running);
                    queue = queue.End(running);
                    if (queue.Running is { } next)
                        ran.Add(next);
                }
                var inOrder = ran.SequenceEqual(ran.OrderBy(id => id.Value));
                return inOrder && told.Count == made && (made == 0 || ran[^1] == Id(made));
            });
    }

    [Fact]
    public void Adding_a_build_again_changes_nothing()
    {
        var queue = BuildQueue.Empty.Add(First, out _).Add(Second, out _);
        Assert.Same(queue, queue.Add(First, out _));
        Assert.Same(queue, queue.Add(Second, out var overtaken));
        Assert.Null(overtaken);
    }

    private static BuildId Id(int n) => new(new Guid(n, 0, 0, new byte[8]));
}
