package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.readiness.Checklist.Line;
import dev.nofate.cli.readiness.Outcome.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WalkTest {

  private static final Line ONE = new Line("one", "C", "S", "One", "a.md#a", null);
  private static final Line PERSON = new Line("two", "C", "S", "Two", "a.md#a", "By hand.");
  private static final Checklist BOTH = new Checklist(List.of(ONE, PERSON));

  @Test
  void aLineIsWhatItsCheckSaysOrAPersons() {
    List<Finding> findings = walk(() -> Outcome.verified("Seen."), Duration.ofMinutes(1));
    assertThat(findings)
        .extracting(it -> it.outcome().verdict())
        .containsExactly(Verdict.VERIFIED, Verdict.NEEDS_A_PERSON);
    assertThat(findings.get(1).outcome().says()).isEqualTo("By hand.");
  }

  @Test
  void whatIsOutOfReachIsNeverVerified() {
    assertThat(
            verdict(
                () -> {
                  throw new OutOfReach("Not given.");
                }))
        .isEqualTo(Verdict.NOT_OBSERVABLE);
  }

  @Test
  void aCheckThatBreaksOffHasFailed() {
    assertThat(
            verdict(
                () -> {
                  throw new CommandFailure("No answer.");
                }))
        .isEqualTo(Verdict.FAILED);
    assertThat(
            verdict(
                () -> {
                  throw new IllegalStateException("odd");
                }))
        .isEqualTo(Verdict.FAILED);
  }

  @Test
  void aCheckThatTakesTooLongHasFailed() {
    CountDownLatch never = new CountDownLatch(1);
    List<Finding> findings =
        walk(
            () -> {
              never.await();
              return Outcome.verified("Late.");
            },
            Duration.ofMillis(50));
    assertThat(findings.get(0).outcome().verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aLineWithoutACheckAndOneWithTwoAreFaultsOfTheProgram() {
    assertThatThrownBy(() -> Register.of(BOTH, List.of())).hasMessageContaining("one");
    Register.Family family = register -> register.line("one", () -> Outcome.verified("Seen."));
    assertThatThrownBy(() -> Register.of(BOTH, List.of(family, family)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> Register.of(BOTH, List.of(it -> it.line("two", () -> Outcome.verified("Seen.")))))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Verdict verdict(Register.Check check) {
    return walk(check, Duration.ofMinutes(1)).get(0).outcome().verdict();
  }

  private static List<Finding> walk(Register.Check check, Duration patience) {
    Register register = Register.of(BOTH, List.of(it -> it.line("one", check)));
    return new Walk(register, patience).over(BOTH, finding -> {});
  }
}
