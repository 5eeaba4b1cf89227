package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.readiness.Http.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The workers: by their own word where they can be asked, by what they did to the canary. */
record WorkerChecks(Deployment deployment, Http http, Supplier<Canary> canary)
    implements Register.Family {

  private static final int OK = 200;
  private static final Duration RECENT = Duration.ofHours(3);

  @Override
  public void enter(Register register) {
    register.line("meter-worker", this::meter).line("invoice-worker", this::invoice);
  }

  private Outcome meter() {
    Optional<Outcome> unwell = unwell(Settings.METER);
    if (unwell.isPresent()) {
      return unwell.get();
    }
    List<JsonNode> entries = ChainPages.ledger(canary.get());
    boolean asked = deployment.service(Settings.METER).isPresent();
    if (entries.isEmpty()) {
      if (asked) {
        return verified("meter-worker is ready; the canary has no closed period yet.");
      }
      throw new OutOfReach(
          "METER_URL is not given (--env), and no period of the canary is closed yet.");
    }
    String filed = entries.get(entries.size() - 1).path("filed_at").asText();
    boolean recent = Instant.parse(filed).isAfter(Instant.now().minus(RECENT));
    if (!asked && !recent) {
      throw new OutOfReach(
          "METER_URL is not given (--env); the canary's last entry is of %s.", filed);
    }
    return verified(
        "%sIt filed the canary's last entry at %s.", asked ? "meter-worker is ready. " : "", filed);
  }

  /** What billing owes the log is carried there by invoice-worker and by nobody else. */
  private Outcome invoice() {
    Optional<Outcome> unwell = unwell(Settings.INVOICE);
    if (unwell.isPresent()) {
      return unwell.get();
    }
    canary.get().hold();
    canary.get().release();
    long version = canary.get().account().path("version").asLong();
    Eventually.see(
        "A change of standing in the canary's chain",
        BillingChecks.MOVING_TIME,
        () -> ChainPages.events(canary.get(), "standing_changed"),
        found -> found.stream().anyMatch(it -> it.at("/payload/version").asLong() == version));
    return verified(
        "It carried the canary's last change of standing (version %d) into the log.", version);
  }

  private Optional<Outcome> unwell(String worker) {
    Optional<String> url = deployment.service(worker);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    Seen seen = http.get(url.get() + "/q/health/ready", Map.of());
    return seen.status() == OK
        ? Optional.empty()
        : Optional.of(failed("%s is not ready (%d).", worker, seen.status()));
  }

  @Override
  public String toString() {
    return "WorkerChecks";
  }
}
