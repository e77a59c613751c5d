using Bastion.Console;

return Verbs.Run(args);
