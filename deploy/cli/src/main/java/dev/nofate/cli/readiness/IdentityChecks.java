package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.readiness.Http.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is let in, and as whom. */
record IdentityChecks(Deployment deployment, Http http, Supplier<Canary> canary)
    implements Register.Family {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final String READ = "/v1/evaluations?limit=1";

  @Override
  public void enter(Register register) {
    register
        .line("clerk", this::clerk)
        .line("roles", this::roles)
        .line("authentication-flow", this::authentication)
        .line("real-key", this::realKey);
  }

  private Outcome clerk() {
    if (deployment.settings().names().size() < 2) {
      throw new OutOfReach("CLERK_ISSUER of gate-service is not given (--env).");
    }
    Optional<String> issuer = deployment.settings().of(Settings.GATE, "CLERK_ISSUER");
    if (issuer.isEmpty()) {
      return failed("CLERK_ISSUER is not set: nobody signs in to the console.");
    }
    String address = issuer.get().replaceAll("/$", "") + "/.well-known/jwks.json";
    JsonNode keys = http.get(address, Map.of()).expect(OK, "GET " + address).json().path("keys");
    int signing = 0;
    for (JsonNode key : keys) {
      signing += "RSA".equals(key.path("kty").asText()) && !key.has("d") ? 1 : 0;
    }
    if (!issuer.get().startsWith("https://") && !deployment.stack()) {
      return failed("CLERK_ISSUER is not an HTTPS address.");
    }
    return signing > 0
        ? verified("The issuer %s publishes %d RSA keys.", issuer.get(), signing)
        : failed("%s holds no RSA key.", address);
  }

  private Outcome roles() {
    List<String> faults = new ArrayList<>();
    int tenants = canary.get().get("/v1/tenants").status();
    if (tenants != FORBIDDEN) {
      faults.add("a tenant's key at the operator's /v1/tenants answered " + tenants);
    }
    for (String path : List.of("/internal/callers", "/internal/audit/chains", "/q/metrics")) {
      int status = http.get(deployment.at(path), Map.of()).status();
      if (status != NOT_FOUND) {
        faults.add(path + " at the front door answered " + status);
      }
    }
    return faults.isEmpty()
        ? verified(
            "A tenant's key does not reach the operator's resources (403); what is internal does not exist at the"
                + " front door (404).")
        : failed("%s.", String.join("; ", faults));
  }

  private Outcome authentication() {
    List<String> faults = new ArrayList<>();
    Seen nobody = http.get(deployment.at(READ), Map.of());
    if (nobody.status() != UNAUTHORIZED || nobody.header("WWW-Authenticate").isEmpty()) {
      faults.add("without a key " + nobody.status());
    }
    String stranger = "nf_live_" + "0".repeat(43);
    for (String header : List.of("x-api-key", "Authorization")) {
      String value = "Authorization".equals(header) ? "Bearer " + stranger : stranger;
      int status = http.get(deployment.at(READ), Map.of(header, value)).status();
      if (status != UNAUTHORIZED) {
        faults.add("with an unknown key in " + header + " " + status);
      }
    }
    int bearer =
        http.get(deployment.at(READ), Map.of("Authorization", "Bearer " + canary.get().key()))
            .status();
    if (bearer != OK) {
      faults.add("with a good key as bearer " + bearer);
    }
    return faults.isEmpty()
        ? verified(
            "401 without a key and with an unknown one, 200 with a good one, in either header.")
        : failed("Answers: %s.", String.join("; ", faults));
  }

  private Outcome realKey() {
    Seen answer = canary.get().evaluate().expect(OK, "POST /v1/evaluations/forward");
    String state = answer.json().path("state").asText();
    return "DETERMINISTIC_COMPLIANCE".equals(state)
        ? verified("An evaluation with the canary's key answered 200, %s.", state)
        : failed("An evaluation that complies answered %s.", state);
  }

  @Override
  public String toString() {
    return "IdentityChecks";
  }
}
