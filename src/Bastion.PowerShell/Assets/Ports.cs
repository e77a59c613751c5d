using System.Collections;
using System.Globalization;

namespace Bastion.PowerShell.Assets;

/// <summary>Reads <c>@{ SSH = 2222 }</c>.</summary>
internal static class Ports
{
    // A value that is no number becomes 0, which the engine refuses by name.
    internal static Dictionary<string, int>? Read(Hashtable? table) => table?.Cast<DictionaryEntry>()
        .ToDictionary(
            entry => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "",
            entry => int.TryParse(Convert.ToString(entry.Value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : 0,
            StringComparer.OrdinalIgnoreCase);
}
