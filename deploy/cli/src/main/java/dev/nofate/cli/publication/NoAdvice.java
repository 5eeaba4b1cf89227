package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ContractLine.Notes;
import java.util.List;
import java.util.regex.Pattern;

/** No text of the suite says what to do; it states what was observed. */
final class NoAdvice {

  /**
   * The words, out of {@code words.json}.
   *
   * @param words what is looked for
   * @param exceptions where a word stands for something else
   */
  record WordList(List<Word> words, List<Exception> exceptions) {

    /**
     * A word or phrase.
     *
     * @param word as a whole word, in any case
     * @param why what is wrong with it
     */
    record Word(String word, String why) {
      Pattern pattern() {
        return Pattern.compile(
            "(?<![\\p{Alnum}_])"
                + Pattern.quote(word).replace(" ", "\\E\\s+\\Q")
                + "(?![\\p{Alnum}_])",
            Pattern.CASE_INSENSITIVE);
      }
    }

    /**
     * A text that is no suggestion though it holds a word.
     *
     * @param text the whole text, or a part of it that is looked over
     * @param why what it means there
     */
    record Exception(String text, String why) {}

    static WordList shipped() {
      return DataFile.read("words.json", WordList.class);
    }
  }

  private record Looked(WordList.Word word, Pattern pattern) {}

  private final Notes notes = new Notes("Confirm no suggestion text in UI");
  private final Built built;
  private final WordList list;
  private final List<Looked> looked;

  NoAdvice(Built built, WordList list) {
    this.built = built;
    this.list = list;
    this.looked = list.words().stream().map(word -> new Looked(word, word.pattern())).toList();
  }

  ContractLine check() {
    int constants = 0;
    for (ClassFacts type : built.all()) {
      constants += type.texts().size();
      type.texts().forEach(text -> look(type.readableName(), text));
    }
    int documented = 0;
    for (var document : built.openApi().entrySet()) {
      documented += document.getValue().texts().size();
      document.getValue().texts().forEach(text -> look(built.code().name(document.getKey()), text));
    }
    built.pages().forEach((page, text) -> look(built.code().name(page), text));
    return notes
        .demand(constants > 0, "code", "no string constant was found")
        .checked("%d words and phrases, each with its reason, as whole words", list.words().size())
        .checked("API messages: %d string constants of %d classes", constants, built.all().size())
        .checked("OpenAPI: %d texts of %d documents", documented, built.openApi().size())
        .checked("pages: %d", built.pages().size())
        .line();
  }

  private void look(String place, String text) {
    String left = text;
    for (WordList.Exception exception : list.exceptions()) {
      left = left.replace(exception.text(), " ");
    }
    for (Looked each : looked) {
      if (each.pattern().matcher(left).find()) {
        notes.differs(
            place,
            "\"%s\" in \"%s\": %s"
                .formatted(each.word().word(), shortened(text), each.word().why()));
      }
    }
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= 100 ? line : line.substring(0, 100) + "…";
  }
}
