package dev.nofate.audit.append;

import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.RefusedException;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.NewEvent;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads an append request, or says which member was not understood; never what it held. */
@ApplicationScoped
class DraftReader {

  private final AppendConfig config;

  DraftReader(AppendConfig config) {
    this.config = config;
    if (config.payloadBytes() > Payload.MAX_BYTES) {
      throw new IllegalStateException(
          "audit.append.payload-bytes exceeds what a chain can hold, " + Payload.MAX_BYTES);
    }
  }

  Draft read(AppendRequest request) {
    require(request != null, "the body is absent");
    require(request.appendId() != null, "append_id is absent");
    require(request.tenant() != null, "tenant is absent");
    List<NewEvent> events = request.events();
    require(events != null && !events.isEmpty(), "events is absent or empty");
    require(
        events.size() <= config.eventsPerAppend(),
        "events holds more than " + config.eventsPerAppend() + " events");
    List<Draft.Item> items = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      items.add(item(events.get(i), "events/" + i));
    }
    return new Draft(
        request.appendId(), request.tenant().value(), items, notBefore(request.notBefore()));
  }

  /** Reads appends of one tenant, each with an id of its own; a fence goes alone. */
  List<Draft> readAll(List<AppendRequest> requests) {
    require(requests != null && !requests.isEmpty(), "the body is absent or empty");
    require(
        requests.size() <= config.appendsPerRequest(),
        "the body holds more than " + config.appendsPerRequest() + " appends");
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      drafts.add(oneOfMany(requests.get(i), "appends/" + i + ": "));
    }
    require(
        drafts.stream().map(Draft::tenant).distinct().count() == 1,
        "the appends are of more than one tenant");
    require(
        drafts.stream().map(Draft::appendId).distinct().count() == drafts.size(),
        "an append_id stands twice");
    return drafts;
  }

  private Draft oneOfMany(AppendRequest request, String place) {
    try {
      Draft draft = read(request);
      require(draft.notBefore().equals(Instant.MIN), "not_before is present");
      return draft;
    } catch (ProblemException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, place + e.problem().detail());
    }
  }

  private Draft.Item item(NewEvent event, String member) {
    require(event != null, member + " is absent");
    require(event.type() != null, member + "/type is absent");
    require(event.payload() != null, member + "/payload is absent");
    return new Draft.Item(event.type().wireName(), event.subject(), payload(event, member));
  }

  private Payload payload(NewEvent event, String member) {
    Payload payload;
    try {
      payload = Payload.of(event.payload());
    } catch (RefusedException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, member + "/payload: " + e.getMessage());
    }
    require(
        payload.bytes() <= config.payloadBytes(),
        member + "/payload exceeds " + config.payloadBytes() + " bytes");
    // The database's text type cannot hold it.
    require(!holdsNul(payload.canonical()), member + "/payload holds the character U+0000");
    return payload;
  }

  /** In canonical form the character is an escape, and so is a backslash in front of its text. */
  private static boolean holdsNul(String canonical) {
    for (int at = canonical.indexOf('\\'); at >= 0; at = canonical.indexOf('\\', at + 2)) {
      if (canonical.startsWith("\\u0000", at)) {
        return true;
      }
    }
    return false;
  }

  private static Instant notBefore(String text) {
    if (text == null) {
      return Instant.MIN;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "not_before is not an RFC 3339 UTC time");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, otherwise);
    }
  }
}
