package dev.nofate.kit.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Netty finds its extensions by the names in a file, which a native executable cannot follow unless
 * it was told of the classes and of the file.
 */
class ProvidersInNativeTest {

  private static final String SERVICE =
      "META-INF/services/io.netty.bootstrap.ChannelInitializerExtension";
  private static final String METADATA = "META-INF/native-image/dev.nofate/gate-kit/";

  @Test
  void everyExtensionOfNettyIsRegisteredWithItsConstructor() throws IOException {
    JsonNode registered = new ObjectMapper().readTree(text(METADATA + "reflect-config.json"));
    List<String> providers = text(SERVICE).lines().filter(line -> !line.isBlank()).toList();

    assertThat(providers).isNotEmpty();
    for (String provider : providers) {
      assertThat(registered)
          .as(provider)
          .anyMatch(
              type ->
                  type.path("name").asText().equals(provider)
                      && type.path("allPublicConstructors").asBoolean());
    }
    assertThat(text(METADATA + "resource-config.json")).contains(SERVICE);
  }

  private static String text(String resource) throws IOException {
    try (InputStream in =
        ProvidersInNativeTest.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
