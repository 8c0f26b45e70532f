namespace NeetoDeploy.LogRelay.Ingest;

/// <summary>What was read of a body.</summary>
internal sealed class ReadRecords
{
    public List<CollectedRecord> Records { get; } = [];

    /// <summary>Parts of the body that are no records: those before and after them are taken all the same.</summary>
    public int Malformed { get; private set; }

    public void Add(CollectedRecord record)
    {
        if (record.Text is null)
            Malformed++;
        else
            Records.Add(record);
    }

    public void AddMalformed() => Malformed++;
}
