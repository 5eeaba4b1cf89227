package dev.nofate.checks.environment;

import dev.nofate.checks.Repository;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The five deployables, as their short name, their full name and the folder of their code. */
public enum Service {
  GATE("gate", "gate-service", "gate-service/app"),
  AUDIT("audit", "audit-service", "audit-service/app"),
  BILLING("billing", "billing-service", "billing-service/app"),
  METER("meter", "meter-worker", "meter-worker"),
  INVOICE("invoice", "invoice-worker", "invoice-worker");

  private final String shortName;
  private final String fullName;
  private final String folder;

  Service(String shortName, String fullName, String folder) {
    this.shortName = shortName;
    this.fullName = fullName;
    this.folder = folder;
  }

  public String shortName() {
    return shortName;
  }

  public String fullName() {
    return fullName;
  }

  /** Its sources. */
  public Path main() {
    return Repository.path(folder, "src/main");
  }

  /** A worker asks others and is asked by nobody. */
  public boolean isWorker() {
    return this == METER || this == INVOICE;
  }

  /** The service of this full name. */
  public static Optional<Service> named(String fullName) {
    return Arrays.stream(values()).filter(s -> s.fullName.equals(fullName)).findFirst();
  }
}
