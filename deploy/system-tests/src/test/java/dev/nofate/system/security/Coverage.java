package dev.nofate.system.security;

import static dev.nofate.system.security.Coverage.Kind.BY_ID;
import static dev.nofate.system.security.Coverage.Kind.OPERATOR;
import static dev.nofate.system.security.Coverage.Kind.OWN;
import static dev.nofate.system.security.Coverage.Kind.PUBLIC;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each operation is to a tenant that it does not belong to. An operation that is not here
 * fails the crawl: who adds one says what it is.
 */
final class Coverage {

  /** How the crawl looks at an operation. */
  enum Kind {
    /** Speaks of the caller's tenant alone; another tenant's cursors and filters find nothing. */
    OWN,
    /** Names a thing; another tenant's is answered byte for byte like one that never was. */
    BY_ID,
    /** For the operator; a tenant's key is refused alike whatever the address names. */
    OPERATOR,
    /** Wants no credentials of the suite. */
    PUBLIC
  }

  static final Map<String, Kind> KINDS = kinds();

  /** With the mock provider there are no pages: each that is named is adopted, and nothing is. */
  static final Set<String> ANSWERED_BY_THE_MOCK =
      Set.of("POST /v1/billing/payment-method/{page}/adoption");

  private Coverage() {}

  private static Map<String, Kind> kinds() {
    Map<String, Kind> kinds = new TreeMap<>();
    kinds.put("GET /.well-known/no-fate", PUBLIC);
    kinds.put("GET /.well-known/no-fate/audit-keys", PUBLIC);
    kinds.put("POST /webhooks/stripe", PUBLIC);

    kinds.put("GET /v1/api-keys", OWN);
    kinds.put("POST /v1/api-keys", OWN);
    kinds.put("DELETE /v1/api-keys/{id}", BY_ID);
    kinds.put("POST /v1/api-keys/{id}/rotation", BY_ID);
    kinds.put("POST /v1/erasures", OWN);
    kinds.put("GET /v1/retention", OWN);
    kinds.put("PUT /v1/retention", OWN);
    kinds.put("POST /v1/admin/attestations", OPERATOR);
    kinds.put("GET /v1/tenants", OPERATOR);
    kinds.put("POST /v1/tenants", OPERATOR);
    kinds.put("GET /v1/tenants/{id}", OPERATOR);
    kinds.put("PUT /v1/tenants/{id}/rate-limit", OPERATOR);
    kinds.put("PUT /v1/tenants/{id}/organization", OPERATOR);
    kinds.put("GET /v1/caller", OWN);

    kinds.put("GET /v1/evaluations", OWN);
    kinds.put("POST /v1/evaluations/forward", OWN);
    kinds.put("POST /v1/evaluations/backward", OWN);
    kinds.put("POST /v1/evaluations/batch", OWN);
    kinds.put("GET /v1/evaluations/contents", OWN);
    kinds.put("GET /v1/evaluations/{id}", BY_ID);
    kinds.put("DELETE /v1/evaluations/{id}/content", BY_ID);
    kinds.put("GET /v1/evaluations/{id}/receipt", BY_ID);
    kinds.put("POST /v1/evaluations/{id}/replay", BY_ID);

    kinds.put("GET /v1/rulesets", OWN);
    kinds.put("POST /v1/rulesets", OWN);
    kinds.put("POST /v1/rulesets/check", OWN);
    kinds.put("POST /v1/rulesets/{name}/backtest", OWN);
    kinds.put("GET /v1/rulesets/{reference}", BY_ID);
    kinds.put("GET /v1/rulesets/{name}/diff", BY_ID);
    kinds.put("PUT /v1/rulesets/{name}/served", BY_ID);

    kinds.put("GET /v1/audit/attestation", OWN);
    kinds.put("GET /v1/audit/checkpoint", OWN);
    kinds.put("GET /v1/audit/events", OWN);
    kinds.put("GET /v1/audit/export", OWN);
    kinds.put("GET /v1/audit/head", OWN);
    kinds.put("GET /v1/audit/proof/consistency", OWN);
    kinds.put("GET /v1/audit/proof/inclusion", OWN);
    kinds.put("POST /v1/audit/verify", OWN);

    kinds.put("GET /v1/billing/account", OWN);
    kinds.put("GET /v1/billing/invoices", OWN);
    kinds.put("GET /v1/billing/ledger", OWN);
    kinds.put("POST /v1/billing/payment-method", OWN);
    kinds.put("POST /v1/billing/payment-method/{page}/adoption", BY_ID);
    kinds.put("POST /v1/billing/portal", OWN);
    kinds.put("GET /v1/billing/preview", OWN);
    kinds.put("GET /v1/billing/prices", OWN);
    kinds.put("GET /v1/billing/proof", OWN);
    kinds.put("GET /v1/billing/usage", OWN);
    kinds.put("GET /v1/billing/reconciliation", OWN);
    kinds.put("POST /v1/billing/prices", OPERATOR);
    kinds.put("GET /v1/billing/meter-faults", OPERATOR);
    kinds.put("POST /v1/billing/meter-faults/{event}/settlement", OPERATOR);
    kinds.put("POST /v1/billing/accounts/{tenant}/subscription", OPERATOR);
    kinds.put("POST /v1/billing/accounts/{tenant}/hold", OPERATOR);
    kinds.put("POST /v1/billing/accounts/{tenant}/release", OPERATOR);
    kinds.put("GET /v1/billing/held-reports", OPERATOR);
    kinds.put("POST /v1/billing/held-reports/{tenant}/{entry}/settlement", OPERATOR);
    kinds.put("GET /v1/billing/webhooks", OPERATOR);
    kinds.put("POST /v1/billing/webhooks/{event}/replay", OPERATOR);
    return kinds;
  }
}
