using System.ComponentModel.DataAnnotations;

namespace NeetoDeploy.Router;

/// <summary>Reads a router's options from a JSON file (<c>--settings FILE</c>) and the environment (<c>Neeto__X</c>), and the secret it shares with the control plane.</summary>
internal static class RouterSettings
{
    public static RouterOptions Read(string[] args)
    {
        var configuration = new ConfigurationBuilder();
        if (args is ["--settings", var file])
            configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        else if (args is not [])
            throw new RouterSettingsException("the only argument is --settings FILE");
        configuration.AddEnvironmentVariables();

        var options = new RouterOptions();
        try
        {
            configuration.Build().GetSection("Neeto").Bind(options);
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or FileNotFoundException)
        {
            throw new RouterSettingsException(e.Message);
        }

        return options;
    }

    /// <summary>Every mistake at once.</summary>
    public static void Validate(RouterOptions options)
    {
        var mistakes = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true))
            throw new RouterSettingsException(string.Join(" ", mistakes.Select(mistake => $"Neeto: {mistake.ErrorMessage}")));
    }

    /// <summary>There is no default: without the secret a router does not start.</summary>
    public static string ReadToken(RouterOptions options)
    {
        var file = Path.Combine(options.DataDirectory, "secrets", "router.token");
        var token = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        return token is "" ? throw new RouterSettingsException($"{file} is missing or empty; run ./neeto up to create it") : token;
    }
}

/// <summary>A router cannot start as it is set up; the message says what to change.</summary>
internal sealed class RouterSettingsException(string message) : Exception(message);
