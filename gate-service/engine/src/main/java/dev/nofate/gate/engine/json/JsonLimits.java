package dev.nofate.gate.engine.json;

/**
 * Bounds of a JSON text; a text beyond any of them is not read.
 *
 * @param bodyBytes octets of the whole text
 * @param depth nested arrays and objects, the outermost counted
 * @param stringLength UTF-16 units of one string value
 * @param nameLength UTF-16 units of one member name
 * @param numberLength characters of one number literal
 * @param members members of one object, or elements of one array
 */
public record JsonLimits(
    int bodyBytes, int depth, int stringLength, int nameLength, int numberLength, int members) {

  /** No depth beyond this can be configured: reading and writing recurse once a level. */
  static final int GREATEST_DEPTH = 500;

  /**
   * Checks the depth.
   *
   * @throws IllegalArgumentException when the depth is not within 1 and 500
   */
  public JsonLimits {
    if (depth < 1 || depth > GREATEST_DEPTH) {
      throw new IllegalArgumentException("depth is not within 1 and " + GREATEST_DEPTH);
    }
  }

  /** 1 MiB, 64 deep, strings as long as the body, names of 256, numbers of 400, 10,000 members. */
  public static JsonLimits defaults() {
    return new JsonLimits(1 << 20, 64, 1 << 20, 256, 400, 10_000);
  }
}
