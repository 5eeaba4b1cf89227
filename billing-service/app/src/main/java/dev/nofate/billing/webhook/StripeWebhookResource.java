package dev.nofate.billing.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Where Stripe tells what happened. The event is stored and answered; the work is done by
 * invoice-worker. The body, the header and the secrets are never logged.
 */
@Startup
@Path("/webhooks/stripe")
@Tag(name = "Webhooks")
public class StripeWebhookResource {

  private static final String HEADER = "Stripe-Signature";

  /** One bound is the objective: an answer after 50 ms. */
  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 250, 1000).map(Duration::ofMillis).toArray(Duration[]::new);

  private static final String EXAMPLE =
      """
      {"id":"evt_1Q2w3E4r5T6y7U8i","object":"event","type":"invoice.paid","created":1795946400,
       "data":{"object":{"id":"in_1Q2w3E4r5T6y7U8i","object":"invoice","status":"paid"}}}
      """;

  private final SignatureCheck signatures;
  private final StripeEvents events;
  private final ObjectMapper json;
  private final Counter refused;
  private final Timer handling;

  public StripeWebhookResource(
      WebhookConfig config,
      WebhookSetting setting,
      StripeEvents events,
      ObjectMapper json,
      MeterRegistry metrics) {
    this.signatures = new SignatureCheck(setting.secrets(), config.tolerance(), Clock.systemUTC());
    this.events = events;
    this.json = json;
    this.refused = metrics.counter("nofate.billing.webhook.refused");
    this.handling =
        Timer.builder("nofate.billing.webhook.handling")
            .serviceLevelObjectives(BUCKETS)
            .register(metrics);
  }

  @POST
  @PermitAll
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "receiveStripeEvent",
      summary = "Stores an event of Stripe",
      description =
          "Authenticated by the Stripe-Signature header over the raw body. The same event again"
              + " answers 200 and changes nothing.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT),
              examples = @ExampleObject(name = "paid", value = EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "The event is stored",
      content =
          @Content(
              schema = @Schema(implementation = Received.class),
              examples = @ExampleObject(name = "stored", value = "{\"received\":true}")))
  @APIResponse(
      responseCode = "400",
      description = "The signature did not match, or the body is not an event",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(responseCode = "413", description = "The body exceeds 512 KiB")
  public Uni<Received> receive(byte[] body, @Context HttpHeaders headers) {
    Timer.Sample started = Timer.start();
    List<String> signature = headers.getRequestHeader(HEADER);
    String payload =
        StripeEvent.text(body == null ? new byte[0] : body)
            .filter(
                text ->
                    signature != null
                        && signature.size() == 1
                        && signatures.accepts(text, signature.get(0)))
            .orElseThrow(() -> refusal(ErrorCode.SIGNATURE_INVALID, null));
    StripeEvent event =
        StripeEvent.read(json, payload)
            .orElseThrow(() -> refusal(ErrorCode.BAD_REQUEST, "The signed body is not an event"));
    return events
        .store(event)
        .onTermination()
        .invoke(() -> started.stop(handling))
        .replaceWith(new Received(true));
  }

  private ProblemException refusal(ErrorCode code, String detail) {
    refused.increment();
    return new ProblemException(code, detail);
  }

  /**
   * The acknowledgement.
   *
   * @param received always true
   */
  public record Received(boolean received) {}
}
