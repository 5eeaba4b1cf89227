package dev.nofate.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMappersTest {

  private static final String SECRET = "gate_app at 10.0.0.7";

  private final ProblemMappers mappers =
      new ProblemMappers(List.of(new NetworkOutage(), new PostgresOutage()));

  static Stream<Throwable> outages() {
    return Stream.of(
        new ConnectException(SECRET),
        new NoRouteToHostException(SECRET),
        new UnknownHostException(SECRET),
        new SocketException(SECRET),
        new ClosedChannelException(),
        ClosedConnectionException.INSTANCE,
        refused("08006"),
        refused("08P01"),
        refused("53300"),
        refused("57P01"),
        refused("57P02"),
        refused("57P03"));
  }

  @ParameterizedTest
  @MethodSource("outages")
  void aPartThatIsAwayIsUnavailableAndSaysWhenToComeAgain(Throwable failure) {
    isUnavailable(mappers.anything(failure));
    isUnavailable(mappers.anything(new CompletionException(new RuntimeException(failure))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "42501", "57014", "22003", ""})
  void whatPostgresRefusesForAnotherReasonIsAnError(String state) {
    assertThat(mappers.anything(refused(state)).getStatus()).isEqualTo(500);
  }

  @Test
  void anythingElseIsAnErrorEvenWithARingOfCauses() {
    RuntimeException one = new RuntimeException(SECRET);
    one.initCause(new IllegalStateException(one));

    assertThat(mappers.anything(one).getStatus()).isEqualTo(500);
  }

  @Test
  void aProblemsOwnWordOnWhenToComeAgainIsTheOnlyOne() {
    Response answer =
        mappers.problem(new ProblemException(ErrorCode.UNAVAILABLE, null).with("Retry-After", "7"));

    assertThat(answer.getHeaders().get("Retry-After")).containsExactly("7");
    isUnavailable(mappers.problem(new ProblemException(ErrorCode.UNAVAILABLE, null)));
  }

  private static PgException refused(String state) {
    return new PgException(SECRET, "FATAL", state, SECRET);
  }

  private static void isUnavailable(Response answer) {
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeaders().get("Retry-After")).containsExactly("1");
    assertThat(answer.getEntity()).isEqualTo(Problem.of(ErrorCode.UNAVAILABLE, null));
  }
}
