package dev.nofate.gate.console.page;

/** The families of pages, in the order in which the navigation names them. */
public enum Section {
  OVERVIEW("Overview", "/console"),
  EVALUATIONS("Evaluations", "/console/evaluations"),
  RULESETS("Rulesets", "/console/rulesets"),
  AUDIT("Audit", "/console/audit"),
  BILLING("Billing", "/console/billing"),
  ADMIN("Admin", "/console/admin"),
  OPERATOR("Operator", "/console/operator"),
  STATUS("Status", "/console/status");

  private final String label;
  private final String href;

  Section(String label, String href) {
    this.label = label;
    this.href = href;
  }

  public String label() {
    return label;
  }

  public String href() {
    return href;
  }
}
