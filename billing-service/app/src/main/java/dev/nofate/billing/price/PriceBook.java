package dev.nofate.billing.price;

import static dev.nofate.billing.postgres.Sql.instant;
import static dev.nofate.billing.postgres.Sql.utc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.postgres.Sql;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The price book: versions are added, never changed. */
@ApplicationScoped
public class PriceBook {

  private static final String INSERT_FIRST =
      """
      INSERT INTO price_book (version, effective_from, nanousd_per_mib_in, nanousd_per_mib_out,
        nanousd_per_gate, nanousd_per_audit_event, recorded_at)
      VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
      ON CONFLICT DO NOTHING
      """;

  /** Two operators at once: one goes behind the other. The number is this lock's alone. */
  private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7046402001)";

  private static final String INSERT =
      """
      INSERT INTO price_book (version, tenant_id, effective_from, nanousd_per_mib_in,
        nanousd_per_mib_out, nanousd_per_gate, nanousd_per_audit_event, tiers, recorded_at,
        previous_version, previous_effective_from)
      SELECT version + 1, $1, $2, $3, $4, $5, $6, $7, $8, version, effective_from
      FROM price_book ORDER BY version DESC LIMIT 1
      RETURNING version
      """;

  private static final String VERSIONS =
      """
      SELECT version, tenant_id, effective_from, nanousd_per_mib_in, nanousd_per_mib_out,
        nanousd_per_gate, nanousd_per_audit_event, tiers
      FROM price_book
      """;

  private static final String AT =
      VERSIONS
          + """
          WHERE effective_from <= $2 AND (tenant_id = $1 OR tenant_id IS NULL)
          ORDER BY tenant_id IS NULL, effective_from DESC LIMIT 1
          """;

  private static final String SAME_HOUR =
      VERSIONS + "WHERE tenant_id IS NOT DISTINCT FROM $1 AND effective_from = $2";

  private static final String OF_TENANT =
      VERSIONS
          + """
          WHERE tenant_id = $1 OR tenant_id IS NULL
          ORDER BY version DESC LIMIT $2
          """;

  /** Those that take effect in a span, and of each kind the last that did before. */
  private static final String OF_SPAN =
      VERSIONS
          + """
          b WHERE (tenant_id = $1 OR tenant_id IS NULL) AND effective_from < $3
            AND (effective_from >= $2 OR effective_from = (
              SELECT max(effective_from) FROM price_book x
              WHERE x.tenant_id IS NOT DISTINCT FROM b.tenant_id AND x.effective_from <= $2))
          ORDER BY version
          """;

  private final ObjectMapper json;

  public PriceBook(ObjectMapper json) {
    this.json = json;
  }

  /** Writes the first version unless the book has one; answers whether it did. */
  Uni<Boolean> open(SqlClient client, Prices first) {
    return client
        .preparedQuery(INSERT_FIRST)
        .execute(
            Tuple.of(
                first.version(),
                utc(first.effectiveFrom()),
                first.bytesIn().beyond(),
                first.bytesOut().beyond(),
                first.gates().beyond(),
                first.auditEvents().beyond()))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Until the transaction ends, nobody else adds a version. */
  Uni<Void> lock(SqlConnection connection) {
    return connection.query(ONE_AT_A_TIME).execute().replaceWithVoid();
  }

  /** Adds a version behind the newest; answers its number. */
  Uni<Long> add(SqlConnection connection, Prices offer, Instant now) {
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addUUID(offer.tenant() == null ? null : offer.tenant().value())
                .addOffsetDateTime(utc(offer.effectiveFrom()))
                .addLong(offer.bytesIn().beyond())
                .addLong(offer.bytesOut().beyond())
                .addLong(offer.gates().beyond())
                .addLong(offer.auditEvents().beyond())
                .addJsonObject(new JsonObject(text(Tiers.of(offer))))
                .addOffsetDateTime(utc(now)))
        .map(rows -> rows.iterator().next().getLong("version"));
  }

  /** The version that takes effect for the same tenants in the same hour. */
  Uni<Optional<Prices>> ofSameHour(SqlClient client, Prices offer) {
    return client
        .preparedQuery(SAME_HOUR)
        .execute(
            Tuple.of(
                offer.tenant() == null ? null : offer.tenant().value(), utc(offer.effectiveFrom())))
        .map(rows -> Sql.first(rows, this::prices));
  }

  /** The version that prices a tenant's period starting then: its own before everybody's. */
  public Uni<Prices> at(SqlClient client, TenantId tenant, Instant periodStart) {
    return client
        .preparedQuery(AT)
        .execute(Tuple.of(tenant.value(), utc(periodStart)))
        .map(
            rows ->
                Sql.first(rows, this::prices)
                    .orElseThrow(() -> new IllegalStateException("no price for the period")));
  }

  /** The newest versions that can price a tenant's periods, newest first. */
  public Uni<List<Prices>> of(SqlClient client, TenantId tenant, int limit) {
    return client
        .preparedQuery(OF_TENANT)
        .execute(Tuple.of(tenant.value(), limit))
        .map(rows -> Sql.all(rows, this::prices));
  }

  /** Every version that can price a tenant's periods that start in a half-open span. */
  public Uni<List<Prices>> between(SqlClient client, TenantId tenant, Instant from, Instant to) {
    return client
        .preparedQuery(OF_SPAN)
        .execute(Tuple.of(tenant.value(), utc(from), utc(to)))
        .map(rows -> Sql.all(rows, this::prices));
  }

  private Prices prices(Row row) {
    Tiers tiers = tiers(row.getJsonObject("tiers").encode());
    return new Prices(
        row.getLong("version"),
        row.getUUID("tenant_id") == null ? null : new TenantId(row.getUUID("tenant_id")),
        instant(row, "effective_from"),
        new Tariff(tiers.bytesIn(), row.getLong("nanousd_per_mib_in")),
        new Tariff(tiers.bytesOut(), row.getLong("nanousd_per_mib_out")),
        new Tariff(tiers.gatesExecuted(), row.getLong("nanousd_per_gate")),
        new Tariff(tiers.auditWrites(), row.getLong("nanousd_per_audit_event")));
  }

  private String text(Tiers tiers) {
    try {
      return json.writeValueAsString(tiers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Tiers tiers(String text) {
    try {
      return json.readValue(text, Tiers.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the tiers of a version are not readable", e);
    }
  }
}
