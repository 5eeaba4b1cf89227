package dev.nofate.gate.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import dev.nofate.gate.standin.Neighbours;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside a request's log lines stand its tenant, its evaluation and its trace. */
@GateTest
class LogContextIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final List<ExtLogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          ExtLogRecord wrapped = ExtLogRecord.wrap(record);
          wrapped.copyMdc();
          records.add(wrapped);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    Logger.getLogger("dev.nofate").addHandler(handler);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("dev.nofate").removeHandler(handler);
    Neighbours.auditDown(false);
  }

  @Test
  void aLineAboutAnEvaluationSaysWhoseAndWhich() {
    Client client = Client.fresh().withRuleset();
    Neighbours.auditDown(true);
    client
        .request()
        .header("Idempotency-Key", Client.freshKey())
        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
        .body(Client.transfer(1))
        .post("/v1/evaluations/forward")
        .then()
        .statusCode(503);

    assertThat(records)
        .anySatisfy(
            record -> {
              assertThat(record.getFormattedMessage()).contains("audit log");
              assertThat(record.getMdc("tenant")).isEqualTo(client.tenant());
              assertThat(record.getMdc("evaluation")).matches("[0-9a-f-]{36}");
              assertThat(record.getMdc("traceId")).isEqualTo(TRACE);
            });
  }
}
