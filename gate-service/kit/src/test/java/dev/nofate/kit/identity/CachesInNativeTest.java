package dev.nofate.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Caffeine finds the class of a cache by a name that it puts together, so a native executable has
 * to be told of each kind of cache that the services make.
 */
class CachesInNativeTest {

  private static final String REGISTERED =
      "/META-INF/native-image/dev.nofate/gate-kit/reflect-config.json";

  @Test
  void everyKindOfCacheIsRegistered() throws IOException {
    Caffeine<Object, Object> bySize = Caffeine.newBuilder().maximumSize(1);
    Caffeine<Object, Object> byAge =
        Caffeine.newBuilder().maximumSize(1).expireAfterWrite(Duration.ofSeconds(1));
    Caffeine<Object, Object> byEntry =
        Caffeine.newBuilder()
            .maximumSize(1)
            .expireAfter(Expiry.writing((key, value) -> Duration.ofSeconds(1)));

    String registered = registered();

    for (Caffeine<Object, Object> kind : List.of(bySize, byAge, byEntry)) {
      String name = kind.build().asMap().getClass().getName();
      assertThat(registered).contains('"' + name + '"');
    }
  }

  private static String registered() throws IOException {
    try (InputStream in = CachesInNativeTest.class.getResourceAsStream(REGISTERED)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
