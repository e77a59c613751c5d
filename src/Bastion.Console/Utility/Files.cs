using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands;

namespace Bastion.Console.Utility;

/// <summary>Paths and text files for the cmdlets that read and write them.</summary>
internal static class Files
{
    /// <summary>The one file that the path means; it need not exist.</summary>
    public static string One(PSCmdlet cmdlet, string path)
    {
        string found = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name == "FileSystem") return found;
        throw new PSNotSupportedException($"'{path}' is not in the file system, and this stand-in writes to files only.");
    }

    /// <summary>Opens for writing, with the manners of Out-File.</summary>
    public static StreamWriter Writer(PSCmdlet cmdlet, string path, bool append, bool noClobber, bool force, Encoding encoding)
    {
        try
        {
            if (noClobber && !append && File.Exists(path)) throw new IOException($"The file '{path}' already exists.");
            if (force && File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly)) File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            return new StreamWriter(path, append, encoding);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(new ErrorRecord(e, noClobber && File.Exists(path) ? "NoClobber" : "FileOpenFailure", noClobber ? ErrorCategory.ResourceExists : ErrorCategory.OpenError, path));
            throw;
        }
    }
}

/// <summary>Lets an encoding be given by its PowerShell name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ArgumentEncodingAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            Encoding encoding => encoding,
            string name => name.ToLowerInvariant() switch
            {
                "utf8" or "utf8nobom" or "default" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                "utf8bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
                "ascii" => Encoding.ASCII,
                "unicode" => Encoding.Unicode,
                "bigendianunicode" => Encoding.BigEndianUnicode,
                "utf32" => Encoding.UTF32,
                "oem" or "ansi" => Encoding.Latin1,
                _ => ByName(name),
            },
            int page => Encoding.GetEncoding(page),
            _ => throw new ArgumentTransformationMetadataException("An encoding is given by name, such as utf8."),
        };
    }

    private static Encoding ByName(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException($"There is no encoding '{name}'.", e);
        }
    }
}
