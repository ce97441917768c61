using System.Globalization;
using Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
if (!options.TryGetValue("--data", out var data))
{
    Console.WriteLine("--data FOLDER [--out weights.bin] [--figures figures.md]   trains the attack model; see docs/model-card.md");
    return 2;
}
var session = Session.Read(data, Path.Combine(AppContext.BaseDirectory, "Seeds"), options);
session.Measure(Console.Out);
if (options.TryGetValue("--out", out var weights)) session.Ship(weights, Console.Out);
return 0;
