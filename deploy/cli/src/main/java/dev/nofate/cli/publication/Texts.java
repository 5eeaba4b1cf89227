package dev.nofate.cli.publication;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files as a reader of theirs sees them. */
final class Texts {

  private Texts() {}

  /** A page without what is never shown: comments. Pictures and fonts have no text. */
  static String ofPage(Path file) {
    return of(file)
        .replaceAll("(?s)<!--.*?-->", " ")
        .replaceAll("(?s)\\{!.*?!\\}", " ")
        .replaceAll("(?s)/\\*.*?\\*/", " ")
        .replaceAll("(?m)^\\s*//.*$", " ");
  }

  /** A file's text; empty when it is not UTF-8. */
  static String of(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return "";
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
