package dev.nofate.gate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

  private static final Pattern ADVICE =
      Pattern.compile("\\b(try|should|must|please|recommend\\w*|consider|ensure|check)\\b");

  @Test
  void titlesStateWhatWasObservedAndAdviseNothing() {
    List<String> advice =
        Arrays.stream(ErrorCode.values())
            .map(code -> code.title().toLowerCase(Locale.ROOT))
            .filter(title -> ADVICE.matcher(title).find())
            .toList();
    assertThat(advice).isEmpty();
  }

  @Test
  void everyStatusIsAnErrorStatus() {
    assertThat(ErrorCode.values()).allMatch(code -> code.status() >= 400 && code.status() < 600);
  }
}
