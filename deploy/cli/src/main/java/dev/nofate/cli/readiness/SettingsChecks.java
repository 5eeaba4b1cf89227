package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.needsPerson;
import static dev.nofate.cli.readiness.Outcome.verified;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The variables a deployment was given. Where a value is kept is known to people. */
record SettingsChecks(Deployment deployment) implements Register.Family {

  private static final int LONG_ENOUGH = 32;

  /** Values that stand in documents, examples and tests. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "(?i).*(change[-_ ]?me|example|default|password|secret123|test-only|0{8}|x{8}|placeholder).*");

  private static final Map<String, Pattern> FORMS =
      Map.of(
          "STRIPE_SECRET_KEY", Pattern.compile("(?:sk|rk)_live_[A-Za-z0-9]{16,}"),
          "STRIPE_WEBHOOK_SECRET", Pattern.compile("whsec_.{16,}"),
          "CLERK_SECRET_KEY", Pattern.compile("sk_live_.{16,}"));

  @Override
  public void enter(Register register) {
    register
        .line("stripe-secret-key", () -> kept("STRIPE_SECRET_KEY"))
        .line("stripe-webhook-secret", () -> kept("STRIPE_WEBHOOK_SECRET"))
        .line("clerk-secret", () -> kept("CLERK_SECRET_KEY"))
        .line("stripe-price-id", this::priceId)
        .line("billing-mode", this::billingMode)
        .line("environment", this::environment)
        .line("salt", this::salt)
        .line("secrets", this::secrets);
  }

  /** The form of a secret is checked; that it comes out of a secrets manager, a person knows. */
  private Outcome kept(String name) {
    Optional<String> given = settings().any(name);
    if (given.isEmpty()) {
      boolean unused = deployment.isMock() && name.startsWith("STRIPE_");
      if (unused) {
        throw new OutOfReach("BILLING_MODE is mock: %s is not in use.", name);
      }
      if (settings().isEmpty() || !deployment.stack()) {
        throw new OutOfReach("%s is not given (--env).", name);
      }
      return failed("%s is not set.", name);
    }
    for (String value : given.get().split(",")) {
      if (!FORMS.get(name).matcher(value.strip()).matches()) {
        return failed("%s is set and has not the form of a production value.", name);
      }
      if (KNOWN.matcher(value).matches()) {
        return failed("%s holds a value that stands in examples.", name);
      }
    }
    return needsPerson(
        "%s is set and has the form of a production value; where it is kept does not show.", name);
  }

  private Outcome priceId() {
    if (deployment.isMock()) {
      throw new OutOfReach("BILLING_MODE is mock: no price is in use.");
    }
    String id = settings().need(Settings.BILLING, "STRIPE_METERED_PRICE_ID");
    return id.matches("price_[A-Za-z0-9]{6,}")
        ? verified("STRIPE_METERED_PRICE_ID is %s.", id)
        : failed("STRIPE_METERED_PRICE_ID is not a price's id.");
  }

  private Outcome billingMode() {
    return is(Settings.BILLING, "BILLING_MODE", "mock");
  }

  private Outcome environment() {
    List<String> others = new ArrayList<>();
    for (String service :
        List.of(
            Settings.GATE, Settings.AUDIT, Settings.BILLING, Settings.METER, Settings.INVOICE)) {
      known(service, "NOFATE_ENV");
      Outcome outcome = is(service, "NOFATE_ENV", "development");
      if (outcome instanceof Outcome.Failed) {
        others.add(service);
      }
    }
    return others.isEmpty()
        ? verified("NOFATE_ENV, this suite's name for it, is production for all five services.")
        : failed(
            "NOFATE_ENV, this suite's name for it, is not production for %s.",
            String.join(", ", others));
  }

  private Outcome is(String service, String name, String absent) {
    known(service, name);
    String value = settings().of(service, name).orElse(absent);
    return "production".equals(value)
        ? verified("%s is production.", name)
        : failed("%s is %s.", name, value);
  }

  /** Without a file nothing is known of defaults either. */
  private void known(String service, String name) {
    if (settings().names().size() < 2 && settings().of(service, name).isEmpty()) {
      throw new OutOfReach("%s of %s is not given (--env).", name, service);
    }
  }

  private Outcome salt() {
    List<String> faults = new ArrayList<>();
    String[] salts = settings().need(Settings.GATE, "API_SECRET_SALT").split(",");
    for (String salt : salts) {
      if (salt.strip().length() < LONG_ENOUGH) {
        faults.add("one is shorter than " + LONG_ENOUGH + " characters");
      } else if (KNOWN.matcher(salt).matches()) {
        faults.add("one stands in examples");
      }
    }
    return faults.isEmpty()
        ? needsPerson(
            "%d value(s), each of at least %d characters; when they were made does not show.",
            salts.length, LONG_ENOUGH)
        : failed("API_SECRET_SALT: %s.", String.join("; ", faults));
  }

  private Outcome secrets() {
    if (settings().secrets().isEmpty()) {
      throw new OutOfReach("No variables are given (--env).");
    }
    List<String> faults =
        settings().names().stream()
            .filter(name -> Settings.isSecret(name))
            .filter(
                name -> settings().any(name).filter(v -> KNOWN.matcher(v).matches()).isPresent())
            .toList();
    return faults.isEmpty()
        ? needsPerson(
            "None of %d secret values stands in examples or is a default; where they are kept does not show.",
            settings().secrets().size())
        : failed("Values of examples: %s.", String.join(", ", faults));
  }

  private Settings settings() {
    return deployment.settings();
  }

  @Override
  public String toString() {
    return "SettingsChecks";
  }
}
