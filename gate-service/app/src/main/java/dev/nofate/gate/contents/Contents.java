package dev.nofate.gate.contents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.evaluate.EvaluationCursor;
import dev.nofate.kit.bound.Places;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A tenant's stored requests, a line each, as {@code nofate verify --content} reads them. */
@ApplicationScoped
class Contents {

  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final ContentsStore store;
  private final ContentsConfig config;
  private final ObjectMapper json;
  private final Places places;

  Contents(ContentsStore store, ContentsConfig config, ObjectMapper json, MeterRegistry registry) {
    this.store = store;
    this.config = config;
    this.json = json;
    this.places = new Places("Fetches", config.running(), config.runningPerTenant(), PAUSE);
    registry.gauge("nofate.contents.running", places, Places::taken);
  }

  /** Lines in order of receipt; fails with 503 when enough of them run. */
  Multi<byte[]> lines(TenantId tenant, ContentsRange.Checked range) {
    return places.streamWithin(tenant, () -> pieces(tenant, range));
  }

  private Multi<byte[]> pieces(TenantId tenant, ContentsRange.Checked range) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new Walk(tenant, range), Walk::page)
        .whilst(page -> page.size() == config.page())
        .onItem()
        .transformToMultiAndConcatenate(Multi.createFrom()::iterable)
        .map(this::line);
  }

  /** One request's way through the range. */
  private final class Walk {

    private final TenantId tenant;
    private final ContentsRange.Checked range;
    private EvaluationCursor at;

    Walk(TenantId tenant, ContentsRange.Checked range) {
      this.tenant = tenant;
      this.range = range;
      this.at = range.behind();
    }

    Uni<List<ContentsStore.Kept>> page() {
      return store
          .page(tenant, at, range.to(), config.page())
          .invoke(page -> at = page.isEmpty() ? at : page.get(page.size() - 1).at());
    }
  }

  private byte[] line(ContentsStore.Kept kept) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("evaluation_id", kept.at().evaluation().toString())
            .put("received_at", Micros.text(kept.at().receivedAt().toInstant()));
    kept.content()
        .ifPresentOrElse(
            content ->
                line.put("request_base64", content.request())
                    .put("salt", HexFormat.of().formatHex(content.salt())),
            () -> line.put("erased", true));
    line.put("after", kept.at().text());
    try {
      return json.writeValueAsBytes(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }
}
