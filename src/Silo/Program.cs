using NeetoDeploy.Silo.Hosting;

return await SiloProgram.RunAsync(args);
