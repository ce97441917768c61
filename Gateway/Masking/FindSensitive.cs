using Contracts;

namespace Gateway.Masking;

/// <summary>
/// Finds what must not leave in a text: Secret and Personal findings, ordered, non-overlapping, UTF-16 offsets, Path "".
/// </summary>
/// <remarks>
/// <para>The same text always gives the same findings. Streamed then equals whole whatever is found (see <see cref="StreamMask"/>).</para>
/// <para>Nothing found in a whole text slips through if, besides, no finding spans the boundary of a unit
/// (<see cref="UnitCutter"/>; private key blocks excepted), and words that make a finding likelier are looked for only to
/// its left, within 64 characters.</para>
/// </remarks>
public delegate IReadOnlyList<Finding> FindSensitive(string text);
