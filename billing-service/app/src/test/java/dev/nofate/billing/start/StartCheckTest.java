package dev.nofate.billing.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartCheckTest {

  @Test
  void namesAllFaultsOfAllSettingsAtOnce() {
    Setting one = () -> List.of("B: wrong");
    Setting two = () -> List.of("C: missing", "A: odd");

    assertThatThrownBy(() -> StartCheck.refuseFaults(List.of(one, two)))
        .isInstanceOf(FaultySettingsException.class)
        .hasMessage(
            """
            The service does not start with these settings:
             - A: odd
             - B: wrong
             - C: missing""");
  }

  @Test
  void letsFaultlessSettingsPass() {
    assertThatCode(() -> StartCheck.refuseFaults(List.of(List::of))).doesNotThrowAnyException();
  }
}
