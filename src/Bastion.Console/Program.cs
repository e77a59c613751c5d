using Bastion.Console;
using Bastion.Console.Host;

PowerShellHome.Use();
return Verbs.Run(args);
