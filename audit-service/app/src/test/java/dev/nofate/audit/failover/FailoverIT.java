package dev.nofate.audit.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.embedded.ServiceKeys;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I3 and I5 when the primary is lost and its synchronous standby takes over. */
class FailoverIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVENTS = "SELECT count(*) FROM audit.audit_events";
  private static final String CONNECTIONS =
      "SELECT count(*) FROM pg_stat_activity WHERE usename = 'audit_app'";

  @TempDir private static Path keys;
  @TempDir private Path folder;
  private final UUID tenant = UuidCreator.getTimeOrderedEpoch();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private Pair postgres;
  private Relay relay;
  private PackagedService service;
  private Appending appending;

  @BeforeEach
  void aServiceWhosePrimaryHasASynchronousStandby() throws Exception {
    postgres = begun(new Pair(folder));
    postgres.start();
    relay = begun(new Relay(postgres.primary.superuser().port()));
    service = begun(new PackagedService(folder, ServiceKeys.in(keys), relay.port()));
    service.awaitReady();
    appending = begun(new Appending(service, tenant));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  @Test
  void everyAcknowledgedAppendStandsOnceInTheChainOfThePromotedStandby() throws Exception {
    appending.untilAcknowledged(60);

    // When the primary is lost, and its address leads to a standby that is one still
    postgres.primary.kill();
    relay.pointTo(postgres.standby.superuser().port());
    appending.untilEachIsRefused(1);
    int before = appending.acknowledged();
    appending.untilEachIsRefused(8);

    // Then nobody is told that it is in the log
    assertThat(appending.acknowledged()).isEqualTo(before);
    assertThat(service.log()).contains("SQLSTATE 25006");
    assertThat(service.isReady()).isFalse();

    // When the standby is promoted, and the old primary comes back
    postgres.standby.promote();
    appending.untilAcknowledged(60);
    service.awaitReady();
    postgres.bringTheOldPrimaryBack();
    long left = Pair.number(postgres.primary, EVENTS);
    appending.untilAcknowledged(60);
    Map<String, Appending.Place> acknowledged = appending.end();

    // Then the old primary got nothing more, and the chain is what callers were told
    assertThat(Pair.number(postgres.primary, EVENTS)).isEqualTo(left);
    assertThat(Pair.number(postgres.primary, CONNECTIONS)).isZero();
    assertThat(Pair.number(postgres.standby, CONNECTIONS)).isPositive();
    standsAsTold(acknowledged);
    assertThat(appending.repeated()).isEqualTo(acknowledged);
    standsAsTold(acknowledged);
  }

  @Test
  void commitsThatOnlyTheLostPrimaryHadWereAcknowledgedToNobody() throws Exception {
    appending.untilAcknowledged(60);

    // When the standby is out of reach, and the primary crashes and comes back with what it wrote
    postgres.isolateThePrimary();
    appending.untilEachIsRefused(1);
    int before = appending.acknowledged();
    postgres.primary.kill();
    postgres.primary.start();
    appending.untilEachIsRefused(2);

    // Then it shows commits that nobody is told of, not even who asks for them again
    assertThat(Pair.number(postgres.primary, EVENTS))
        .isGreaterThan((long) before * Appending.EVENTS);
    assertThat(appending.acknowledged()).isEqualTo(before);

    // When it is lost with them
    postgres.primary.kill();
    postgres.standby.promote();
    relay.pointTo(postgres.standby.superuser().port());
    appending.untilAcknowledged(60);

    standsAsTold(appending.end());
  }

  private <T extends AutoCloseable> T begun(T part) {
    parts.push(part);
    return part;
  }

  /** The chain is whole, and holds each append once, in its place, and nothing else. */
  private void standsAsTold(Map<String, Appending.Place> acknowledged) throws Exception {
    String export = service.export(tenant);
    assertThat(places(export)).isEqualTo(acknowledged);
    assertThat(verdict(export))
        .isInstanceOfSatisfying(
            Verdict.Valid.class,
            valid ->
                assertThat(valid.events())
                    .isEqualTo((long) acknowledged.size() * Appending.EVENTS));
  }

  private Verdict verdict(String export) throws Exception {
    return ChainVerifier.startingAtGenesis(tenant)
        .acceptAll(new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)));
  }

  /** Where each append stands, from its first event to its last. */
  private static Map<String, Appending.Place> places(String export) throws Exception {
    Map<String, List<JsonNode>> events = new HashMap<>();
    for (String line : export.lines().toList()) {
      JsonNode event = JSON.readTree(line);
      events
          .computeIfAbsent(event.at("/payload/append").textValue(), append -> new ArrayList<>())
          .add(event);
    }
    Map<String, Appending.Place> places = new HashMap<>();
    events.forEach(
        (append, own) -> {
          JsonNode last = own.get(own.size() - 1);
          places.put(
              append,
              new Appending.Place(
                  own.get(0).get("seq").longValue(),
                  last.get("seq").longValue(),
                  last.get("hash").textValue()));
          assertThat(own).as("events of an append").hasSize(Appending.EVENTS);
        });
    return places;
  }
}
