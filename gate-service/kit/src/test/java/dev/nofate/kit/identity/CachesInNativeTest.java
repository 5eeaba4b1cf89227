package dev.nofate.kit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Caffeine finds the class of a cache by a name that it puts together, so a native executable has
 * to be told of each kind: one that waits for its values has other entries than one that does not.
 */
class CachesInNativeTest {

  private static final String REGISTERED =
      "/META-INF/native-image/dev.nofate/gate-kit/reflect-config.json";

  /** Caches and their entries that hold strong references; nobody here makes others. */
  private static final Pattern STRONG =
      Pattern.compile("com/github/benmanes/caffeine/cache/(SS|PS)[A-Z]*\\.class");

  @Test
  void everyKindOfCacheIsRegistered() throws Exception {
    Path library =
        Path.of(Caffeine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String registered = registered();

    List<String> kinds;
    try (JarFile jar = new JarFile(library.toFile())) {
      kinds = jar.stream().map(JarEntry::getName).filter(STRONG.asMatchPredicate()).toList();
    }

    assertThat(kinds).hasSizeGreaterThan(100);
    for (String kind : kinds) {
      String name = kind.replace('/', '.').substring(0, kind.length() - ".class".length());
      assertThat(registered).contains('"' + name + '"');
    }
  }

  private static String registered() throws IOException {
    try (InputStream in = CachesInNativeTest.class.getResourceAsStream(REGISTERED)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
