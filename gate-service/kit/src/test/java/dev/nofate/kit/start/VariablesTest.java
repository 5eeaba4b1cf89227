package dev.nofate.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {

  private static final String STRONG = "p7Qm2xVd9sKf4LzT8wRb1nHc6yJg3eUa";

  private static final Variables VARIABLES =
      Variables.of(
          Variable.needed("DATABASE_URL", Forms.databaseUrl()),
          Variable.needed("API_SECRET_SALT", Forms.secrets(32)),
          Variable.needed("AUDIT_URL", Forms.httpUrl()),
          Variable.optional("DEFAULT_RATE_LIMIT", Forms.number(1, 1_000_000)));

  @TempDir private Path folder;

  @Test
  void developmentStartsWithNothing() {
    assertThat(faults(Map.of())).isEmpty();
  }

  @Test
  void productionNamesAllThatIsMissingAtOnce() {
    assertThat(faults(Map.of("NOFATE_ENV", "production")))
        .containsExactly(
            "API_SECRET_SALT: missing, and NOFATE_ENV is production",
            "AUDIT_URL: missing, and NOFATE_ENV is production",
            "DATABASE_URL: missing, and NOFATE_ENV is production",
            "SERVICE_TOKEN_FILE, SERVICE_TOKEN_KEY_FILE: missing, and NOFATE_ENV is production",
            "SERVICE_TOKEN_JWKS: missing, and NOFATE_ENV is production");
  }

  @Test
  void aWordThatMeansNeitherEnvironmentIsAFault() {
    assertThat(faults(Map.of("NOFATE_ENV", "Production")))
        .containsExactly("NOFATE_ENV: neither development nor production");
  }

  @Test
  void malformedTextIsNamedInDevelopmentTooAndNeverRepeated() {
    assertThat(
            faults(
                Map.of(
                    "DATABASE_URL", "mysql://planted",
                    "AUDIT_URL", "planted",
                    "PORT", "70000",
                    "DEFAULT_RATE_LIMIT", "0",
                    "LOG_JSON", "yes",
                    "API_SECRET_SALT", "planted")))
        .hasSize(6)
        .allSatisfy(fault -> assertThat(fault).doesNotContain("planted"));
  }

  @Test
  void productionRefusesSecretsOutOfExamples() throws IOException {
    for (String salt :
        List.of(
            "change-me-change-me-change-me-change-me",
            "test-only-salt-0123456789abcdef0123456789abcdef",
            "a".repeat(40),
            STRONG + ",short")) {
      assertThat(faults(production(salt, STRONG))).as(salt).hasSize(1);
    }
    for (String password : List.of("postgres", "gate_app", "password1234567", "111111111111")) {
      assertThat(faults(production(STRONG, password))).as(password).hasSize(1);
    }
  }

  @Test
  void productionStartsWithRealSettings() throws IOException {
    assertThat(faults(production(STRONG, STRONG))).isEmpty();
    assertThat(faults(production(STRONG + "," + STRONG, STRONG))).isEmpty();
  }

  @Test
  void rulesAcrossVariablesAreNamedInTheSameList() {
    Variables ruled = Variables.of().and(environment -> List.of("A, B: not both"));

    assertThat(ruled.faults(environment(Map.of("LOG_JSON", "1"))))
        .containsExactly("A, B: not both", "LOG_JSON: neither true nor false");
  }

  private Map<String, String> production(String salt, String password) throws IOException {
    String file = Files.writeString(folder.resolve("file"), "x").toString();
    Map<String, String> values = new HashMap<>();
    values.put("NOFATE_ENV", "production");
    values.put("SERVICE_TOKEN_JWKS", file);
    values.put("SERVICE_TOKEN_FILE", file);
    values.put("AUDIT_URL", "https://audit.internal");
    values.put("DATABASE_URL", "postgresql://gate_app:" + password + "@db:5432/nofate");
    values.put("API_SECRET_SALT", salt);
    return values;
  }

  private static List<String> faults(Map<String, String> values) {
    return VARIABLES.faults(environment(values));
  }

  private static Environment environment(Map<String, String> values) {
    return new Environment(values::get);
  }
}
