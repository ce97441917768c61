namespace Contracts;

/// <summary>A string of a body that a model (or, in an answer, the caller) would read.</summary>
/// <param name="Path">JSON Pointer (RFC 6901) of the string.</param>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c> or <c>other</c>.</param>
/// <param name="Kind"><c>text</c>, <c>tool definition</c>, <c>tool call</c>, <c>tool result</c>, <c>file</c>, <c>name</c> or <c>number</c>.</param>
/// <param name="Text">The decoded string.</param>
public sealed record PromptPart(string Path, string Role, string Kind, string Text);
