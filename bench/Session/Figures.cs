using System.Globalization;

namespace Bastion.Bench.Session;

/// <summary>Numbers of one client, and how they compare to those of plain ssh.</summary>
internal static class Figures
{
    internal static double Median(this IEnumerable<double> values) => values.Percentile(50);

    internal static double Percentile(this IEnumerable<double> values, double percent)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round((sorted.Length - 1) * percent / 100)];
    }

    internal static void Title(string title, params string[] columns) => Console.WriteLine($"\n{title}\n{"client",-10}{string.Concat(columns.Select(c => $"{c,14}"))}");

    internal static void Row(string client, params double[] values) =>
        Console.WriteLine($"{client,-10}{string.Concat(values.Select(v => $"{v.ToString("0.###", CultureInfo.InvariantCulture),14}"))}");
}
