namespace NeetoDeploy.Core.Dynos;

/// <summary>What people see of a dyno; the words are Heroku's.</summary>
public enum DynoStatus
{
    Starting,
    Up,
    Idle,
    Crashed,
    Down,
}
