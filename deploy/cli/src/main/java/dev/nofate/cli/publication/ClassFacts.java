package dev.nofate.cli.publication;

import java.util.List;

/**
 * What one class file says.
 *
 * @param name internal name, with slashes
 * @param supertypes internal names of its superclass and interfaces
 * @param enumConstants names of its constants when it is an enum
 * @param texts string constants of code, fields and annotations
 * @param types internal names of all types it mentions
 * @param methods its methods
 */
record ClassFacts(
    String name,
    List<String> supertypes,
    List<String> enumConstants,
    List<String> texts,
    List<String> types,
    List<Method> methods) {

  /**
   * A method with what it refers to.
   *
   * @param name its name
   * @param descriptor its parameters and result
   * @param references fields and methods it uses, lambdas and method handles included
   * @param texts its string constants
   */
  record Method(String name, String descriptor, List<Reference> references, List<String> texts) {}

  /** A member of a class, wherever it is declared. */
  record Reference(String owner, String name, String descriptor) {
    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + name;
    }
  }

  String readableName() {
    return name.replace('/', '.');
  }
}
