using System.Text;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Lifecycle.Documents;

/// <summary>Reads and writes the files that buildpacks and phases exchange.</summary>
internal static class TomlFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A missing or empty file is an empty document; a broken one fails the phase with the given code.</summary>
    public static T Read<T>(string path, TomlTypeInfo<T> shape, int exitCode)
        where T : class, new()
    {
        if (!File.Exists(path))
            return new();
        var text = File.ReadAllText(path);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? new() : TomlSerializer.Deserialize(text, shape) ?? new();
        }
        catch (TomlException broken)
        {
            throw new LifecycleException(exitCode, $"{path} is broken: {broken.Message}", broken);
        }
    }

    public static void Write<T>(string path, T document, TomlTypeInfo<T> shape)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, TomlSerializer.Serialize(document, shape), Utf8);
    }

    /// <summary>
    /// Writes a document that has free tables in it (<c>metadata</c>). It is put together as one table, because the generated writers do not end when a
    /// member of a class is a free table.
    /// </summary>
    public static void Write(string path, TomlTable document) => Write(path, document, LifecycleToml.Default.TomlTable);
}
