package dev.nofate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.kit.start.Environment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateServiceTest {

  private static final Map<String, String> SIGN_IN =
      Map.of(
          "CLERK_ISSUER", "https://clerk.example.com",
          "CLERK_OAUTH_CLIENT_ID", "client",
          "CLERK_OAUTH_CLIENT_SECRET", "secret",
          "CLERK_SECRET_KEY", "sk_test_0123456789abcdef",
          "CONSOLE_ORIGIN", "https://console.example.com");

  @Test
  void signInAtTheConsoleIsSetWholeOrNotAtAll() {
    assertThat(faults(SIGN_IN)).isEmpty();
    assertThat(faults(Map.of("CLERK_ISSUER", "https://clerk.example.com"))).isEmpty();
    for (String name : SIGN_IN.keySet()) {
      Map<String, String> half = new HashMap<>(SIGN_IN);
      half.remove(name);
      assertThat(faults(half)).hasSize(1).first().asString().contains(name);
    }
  }

  @Test
  void faultyPartsOfTheSignInAreNamedWithoutTheirText() {
    Map<String, String> faulty = new HashMap<>(SIGN_IN);
    faulty.put("CLERK_SECRET_KEY", "pk_live_0123456789abcdef");
    faulty.put("CONSOLE_ORIGIN", "https://a.example,https://b.example");
    assertThat(faults(faulty))
        .containsExactly(
            "CLERK_SECRET_KEY: not a secret key of Clerk", "CONSOLE_ORIGIN: more than one origin");
  }

  private static List<String> faults(Map<String, String> variables) {
    return GateService.VARIABLES.faults(new Environment(variables::get));
  }
}
