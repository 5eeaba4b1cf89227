package dev.nofate.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A packaged service that cannot work says everything that is wrong at once, and ends. */
class StartRefusalIT {

  private static final int UNUSABLE = 78;
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^# read by: ([a-z ]+)(?: · secret)? · production\n([A-Z_]+)=");
  private static final Pattern MISSING =
      Pattern.compile("(?m)^ - ([A-Z_, ]+): missing, and NOFATE_ENV is production$");
  private static final String SHORT = "planted-short-secret";

  @TempDir private Path folder;

  @Test
  void productionNamesAllThatTheExampleFileCallsNeeded() throws Exception {
    for (String service : Packaged.MODULES.keySet()) {
      try (Packaged packaged =
          Packaged.start(service, Map.of("NOFATE_ENV", "production"), folder)) {
        assertThat(packaged.ended()).as(service).isEqualTo(UNUSABLE);
        Matcher missing = MISSING.matcher(packaged.log());
        TreeSet<String> named = new TreeSet<>();
        while (missing.find()) {
          named.add(missing.group(1));
        }
        TreeSet<String> needed = needed(service.replaceFirst("-.*", ""));
        needed.add("SERVICE_TOKEN_FILE, SERVICE_TOKEN_KEY_FILE");
        assertThat(named).as(service).isEqualTo(needed);
      }
    }
  }

  @Test
  void guessableAndMalformedValuesAreNamedTogetherAndNeverRepeated() throws Exception {
    Map<String, String> environment = new TreeMap<>();
    environment.put("NOFATE_ENV", "production");
    environment.put(
        "DATABASE_URL", "postgresql://gate_app:" + SHORT.substring(0, 9) + "@db/nofate");
    environment.put("API_SECRET_SALT", SHORT);
    environment.put("ADMIN_API_KEY", SHORT);
    environment.put("REDIS_URL", SHORT);
    environment.put("AUDIT_URL", "ftp://" + SHORT);
    environment.put("DEFAULT_RATE_LIMIT", "a hundred");
    environment.put("CORS_ORIGINS", "*");
    try (Packaged packaged = Packaged.start("gate-service", environment, folder)) {
      assertThat(packaged.ended()).isEqualTo(UNUSABLE);
      assertThat(packaged.log())
          .contains(
              " - ADMIN_API_KEY: not an API key",
              " - API_SECRET_SALT: a secret has fewer than 32 characters",
              " - AUDIT_URL: not an http or https URL",
              " - BILLING_URL: missing",
              " - CORS_ORIGINS: an origin is not of the form",
              " - DATABASE_URL: the password has fewer than 12 characters",
              " - DEFAULT_RATE_LIMIT: not a whole number",
              " - REDIS_URL: not a redis or rediss URL",
              " - SERVICE_TOKEN_JWKS: missing")
          .doesNotContain(SHORT)
          .doesNotContain("\tat ");
    }
  }

  private static TreeSet<String> needed(String service) throws IOException {
    Path example = Path.of(System.getProperty("nofate.root"), "deploy", ".env.example");
    Matcher entry = EXAMPLE.matcher(Files.readString(example));
    TreeSet<String> needed = new TreeSet<>();
    while (entry.find()) {
      String readers = entry.group(1);
      if (readers.equals("all") || Arrays.asList(readers.split(" ")).contains(service)) {
        needed.add(entry.group(2));
      }
    }
    return needed;
  }
}
