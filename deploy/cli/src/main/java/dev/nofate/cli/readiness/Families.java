package dev.nofate.cli.readiness;

import java.util.List;
import java.util.function.Supplier;

/** Every family of checks, made for one deployment. */
final class Families {

  /** Room for the evaluations of one walk. */
  private static final int CANARY_LIMIT = 120;

  private Families() {}

  static List<Register.Family> of(Deployment deployment) {
    Http http = new Http();
    Settings settings = deployment.settings();
    Databases databases = new Databases(settings);
    Supplier<Canary> canary = Once.of(() -> Canary.of(deployment, http, "canary", CANARY_LIMIT));
    Supplier<Canary> flooded =
        Once.of(() -> Canary.of(deployment, http, "flood", DecisionChecks.FLOOD_LIMIT));
    return List.of(
        new DatabaseChecks(settings, databases),
        new PrivilegeChecks(databases),
        new BackupChecks(deployment, databases, http),
        new RedisChecks(settings, canary),
        new StripeChecks(deployment, http),
        new SettingsChecks(deployment),
        new VariablesChecks(deployment),
        new EdgeChecks(deployment, http),
        new IdentityChecks(deployment, http, canary),
        new DecisionChecks(canary, flooded),
        new ChainChecks(deployment, http, canary),
        new BillingChecks(deployment, http, canary),
        new PaymentChecks(deployment, http, canary),
        new WorkerChecks(deployment, http, canary),
        new MonitoringChecks(settings, http),
        new DocumentChecks(deployment),
        new ContractChecks(deployment, canary));
  }
}
