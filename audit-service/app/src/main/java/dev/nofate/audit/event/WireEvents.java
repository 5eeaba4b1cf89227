package dev.nofate.audit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Envelope;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.contract.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Map;

/** Events and heads in the form of the contract. */
@ApplicationScoped
public class WireEvents {

  private final ObjectReader payloads;

  public WireEvents(ObjectMapper json) {
    payloads =
        json.readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }

  /** An event, the members of its payload in canonical order. */
  public ChainEvent event(Entry entry) {
    Envelope envelope = entry.envelope();
    return new ChainEvent(
        EventTime.text(envelope.at()),
        payload(envelope),
        envelope.seq(),
        envelope.subject(),
        envelope.tenant().toString(),
        EventType.of(envelope.type()),
        Envelope.VERSION,
        entry.hash().hex());
  }

  /** The end of a chain. */
  public ChainHead head(Position head) {
    return new ChainHead(
        new TenantId(head.tenant()),
        head.seq(),
        head.at() == null ? null : EventTime.text(head.at()),
        head.hash().hex());
  }

  /** The end of a chain as its last row states it, so that one harmed row harms no list. */
  public ChainHead head(EventRow last) {
    return new ChainHead(
        new TenantId(last.tenant()),
        last.seq(),
        last.time(),
        HexFormat.of().formatHex(last.hash()));
  }

  private Map<String, Object> payload(Envelope envelope) {
    try {
      return payloads.readValue(envelope.payload().canonical());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a canonical payload is a JSON object", e);
    }
  }
}
