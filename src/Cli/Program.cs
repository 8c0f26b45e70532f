using NeetoDeploy.Cli;

return await CommandTree.RunAsync(args, new Surroundings());
