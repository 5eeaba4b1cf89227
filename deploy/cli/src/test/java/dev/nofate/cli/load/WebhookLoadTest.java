package dev.nofate.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Json;
import dev.nofate.cli.api.StripeSignature;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhookLoadTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final String SECRET = "whsec_0123456789abcdef";

  private final WebhookLoad load =
      new WebhookLoad("http://gateway", SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void repeatsEveryTenthDelivery() {
    List<String> ids = Stream.generate(() -> id(load.next())).limit(100).toList();

    assertThat(ids.stream().distinct()).hasSize(90);
    assertThat(ids.get(9)).isEqualTo(ids.get(8));
  }

  @Test
  void signsEachBody() {
    ClosedLoop.Request request = load.next();

    assertThat(request.headers())
        .containsEntry(
            "Stripe-Signature",
            StripeSignature.of(SECRET, NOW, new String(request.body(), StandardCharsets.UTF_8)));
  }

  @Test
  void expectsAnySuccess() {
    assertThat(load.judge(200, Buffer.buffer())).isEmpty();
    assertThat(load.judge(202, Buffer.buffer())).isEmpty();
    assertThat(load.judge(503, Buffer.buffer())).isEqualTo("status 503");
    assertThat(load.judge(302, Buffer.buffer())).isEqualTo("status 302");
  }

  private static String id(ClosedLoop.Request request) {
    try {
      return Json.MAPPER.readTree(request.body()).path("id").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
