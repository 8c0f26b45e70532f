namespace NeetoDeploy.Silo.Tests.Storage;

/// <summary>Every storage test runs once for each.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
