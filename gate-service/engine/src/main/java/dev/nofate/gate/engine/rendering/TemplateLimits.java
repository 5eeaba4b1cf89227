package dev.nofate.gate.engine.rendering;

/**
 * Bounds of a template and of what it renders.
 *
 * @param length UTF-16 units of the template
 * @param tags tags of the template
 * @param depth nested sections
 * @param renderedLength UTF-16 units of a rendering
 * @param iterations bodies of sections that one rendering may run
 */
public record TemplateLimits(int length, int tags, int depth, int renderedLength, int iterations) {}
