package dev.nofate.kit.start;

import java.util.Optional;

/** What the text of a variable has to look like. */
@FunctionalInterface
public interface Form {

  /**
   * What is wrong with the text; never a part of the text itself, which may be a secret.
   *
   * @param production whether defaults and short secrets are refused
   */
  Optional<String> fault(String text, boolean production);
}
