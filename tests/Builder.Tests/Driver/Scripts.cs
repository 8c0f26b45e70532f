namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>What lifecycles do.</summary>
internal static class Scripts
{
    /// <summary>A Node.js build: a runtime that stays, modules that follow the lock file, a process.</summary>
    public static SandboxScript Node(string web = "node server.js") =>
        async (sandbox, _) =>
        {
            await sandbox.SayAsync("-----> Node.js app detected\n");
            Group(sandbox, "neeto/nodejs");
            var runtime = "/layers/neeto_nodejs/node/bin/node";
            if (!File.Exists(sandbox[runtime]))
            {
                sandbox.Write(runtime, new string('n', 100_000));
                File.SetUnixFileMode(sandbox[runtime], (UnixFileMode)0b111_101_101);
                File.CreateSymbolicLink(sandbox["/layers/neeto_nodejs/node/current"], "bin/node");
            }
            Layer(sandbox, "neeto/nodejs", "node", """version = "24.1.0" """);
            sandbox.Write("/layers/neeto_nodejs/cached-only/x", "x");
            sandbox.Write("/layers/neeto_nodejs/cached-only.toml", "[types]\ncache = true\n");
            Metadata(sandbox, web);
            sandbox.Write(
                "/layers/phases.json",
                """[{"phase":"detect","milliseconds":5},{"phase":"restore","milliseconds":1},{"phase":"build","milliseconds":120}]"""
            );
            return 0;
        };

    /// <summary>As a node build, and then more.</summary>
    public static SandboxScript NodeAnd(Action<ScriptedSandbox> more) =>
        async (sandbox, cancel) =>
        {
            var code = await Node()(sandbox, cancel);
            more(sandbox);
            return code;
        };

    public static SandboxScript Exit(int code, string group = "neeto/nodejs") =>
        (sandbox, _) =>
        {
            Group(sandbox, group);
            return Task.FromResult(code);
        };

    public static void Group(ScriptedSandbox sandbox, string id) =>
        sandbox.Write("/layers/group.toml", $"[[group]]\nid = \"{id}\"\nversion = \"1.0.0\"\napi = \"0.11\"\n");

    public static void Layer(ScriptedSandbox sandbox, string buildpack, string name, string metadata) =>
        sandbox.Write(
            $"/layers/{buildpack.Replace('/', '_')}/{name}.toml",
            $"[types]\nlaunch = true\ncache = true\n\n[metadata]\n{metadata}\n"
        );

    public static void Metadata(ScriptedSandbox sandbox, string web, string more = "") =>
        sandbox.Write(
            "/layers/config/metadata.toml",
            $"""
            buildpack-default-process-type = "web"

            [[buildpacks]]
            id = "neeto/nodejs"
            version = "1.0.0"
            api = "0.11"

            [[processes]]
            type = "web"
            command = ["bash", "-c", "{web}"]
            direct = true
            buildpack-id = "neeto/nodejs"

            [[processes]]
            type = "worker"
            command = ["node"]
            args = ["worker.js"]
            exec-env = ["*"]
            direct = true
            buildpack-id = "neeto/nodejs"

            {more}
            """
        );
}
