using System.Globalization;
using Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
if (!options.TryGetValue("--data", out var data))
{
    Console.WriteLine("--data FOLDER [--out weights.bin --version attack-N]   measures the attack model, and makes its weights; see docs/model-card.md");
    return 2;
}
var session = Session.Read(data);
new LeftOut(session, Console.Out).Measure();
if (options.TryGetValue("--out", out var weights)) session.Ship(weights, options["--version"], Console.Out);
return 0;
