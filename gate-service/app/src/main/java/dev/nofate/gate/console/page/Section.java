package dev.nofate.gate.console.page;

import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.signin.Visit;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The families of pages, in the order in which the navigation names them, each to those who may
 * open it: the same scopes as on the pages themselves.
 */
public enum Section {
  OVERVIEW("Overview", "/console", visit -> true),
  EVALUATIONS("Evaluations", "/console/evaluations", visit -> visit.may(Scope.EVALUATE)),
  RULESETS(
      "Rulesets",
      "/console/rulesets",
      visit -> visit.may(Scope.EVALUATE) || visit.may(Scope.RULESETS_WRITE)),
  AUDIT("Audit", "/console/audit", visit -> visit.may(Scope.AUDIT_READ)),
  BILLING("Billing", "/console/billing", visit -> visit.may(Scope.BILLING_READ)),
  ADMIN("Admin", "/console/admin", Visit::admin),
  OPERATOR("Operator", "/console/operator", Visit::operator),
  STATUS("Status", "/console/status", visit -> true);

  private final String label;
  private final String href;
  private final Predicate<Visit> open;

  Section(String label, String href, Predicate<Visit> open) {
    this.label = label;
    this.href = href;
    this.open = open;
  }

  public String label() {
    return label;
  }

  public String href() {
    return href;
  }

  /** Whether the navigation names it; a stranger is shown the status alone. */
  boolean isOpenTo(Optional<Visit> visit) {
    return visit.map(open::test).orElse(this == STATUS);
  }
}
