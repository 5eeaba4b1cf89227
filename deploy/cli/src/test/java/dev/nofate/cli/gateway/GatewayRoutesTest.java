package dev.nofate.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.gateway.GatewayRoutes.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayRoutesTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/evaluations/forward,                  GATE
          /v1/evaluations?limit=1,                  GATE
          /v1/evaluations?path=/internal/../x,      GATE
          /v1/rulesets/payments.transfer@3,         GATE
          /v1/rulesets/payments.transfer%403,       GATE
          /v1/rulesets/a@sha256:00ff,               GATE
          /v1/rulesets/a%3a%C3%A9,                  GATE
          /v1/tenants,                              GATE
          /v1/tenants/,                             GATE
          /v1,                                      GATE
          /v1/auditors,                             GATE
          /v1/billings,                             GATE
          /v1/evaluations/.hidden,                  GATE
          /v1/evaluations/a..b,                     GATE
          /q/openapi,                               GATE
          /q/openapi?format=json,                   GATE
          /q/swagger-ui/index.html,                 GATE
          /.well-known/no-fate,                     GATE
          /.well-known/no-fate/audit-keysx,         GATE
          /.well-known/no-fate/audit-keys,          AUDIT
          /.well-known/no-fate/audit-keys?at=1,     AUDIT
          /console/,                                GATE
          /v1/audit,                                AUDIT
          /v1/audit/export,                         AUDIT
          /v1/audit/proof/inclusion?seq=1,          AUDIT
          /v1/audit/checkpoint,                     AUDIT
          /v1/audit?after=1,                        AUDIT
          /v1/billing/ledger,                       BILLING
          /v1/billing/proof?period=2026-11,         BILLING
          /webhooks/stripe,                         BILLING
          """)
  void publicPathsHaveARoute(String target, Backend backend) {
    assertThat(GatewayRoutes.of(target)).contains(backend);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "*",
        "internal",
        "/internal",
        "/internal/",
        "/internal/callers",
        "/INTERNAL/callers",
        "//internal/callers",
        "/%69nternal/callers",
        "/%2569nternal/callers",
        "/v1/../internal/callers",
        "/v1/..",
        "/v1/./../internal",
        "/v1/%2e%2e/internal/callers",
        "/v1/%2E%2E/internal/callers",
        "/v1/.%2e/internal",
        "/v1/..%2finternal",
        "/v1/..%5cinternal",
        "/v1/..\\internal",
        "/v1/..;/internal",
        "/v1;x=1/evaluations",
        "/v1/audit;x/export",
        "/internal;x=1/callers",
        "/v1//internal",
        "/v1/%2finternal",
        "/v1/a%00",
        "/v1/a%0d%0a",
        "/v1/%",
        "/v1/%zz",
        "/v1/%c",
        "/v1/a b",
        "/v1/é",
        "/V1/evaluations",
        "/v10",
        "/v2/evaluations",
        "/q/health",
        "/q/health/ready",
        "/q/metrics",
        "/q/openapi/../metrics",
        "/q/openapi%2f..%2fmetrics",
        "/q",
        "/q/dev-ui",
        "/q/openapix",
        "/webhooks",
        "/webhooks/stripe2",
        "/.well-known",
        "/.well-known/jwks.json",
        "/.well-known/no-fate/../internal",
        "/.well-known/no-fate/audit-keys/../../../internal",
        "/console/../q/metrics",
        "http://127.0.0.1/internal/callers",
        "http://127.0.0.1/v1/evaluations"
      })
  void everythingElseHasNone(String target) {
    assertThat(GatewayRoutes.of(target)).isEmpty();
  }

  @Test
  void aVeryLongPathIsDecidedToo() {
    assertThat(GatewayRoutes.of("/v1/" + "a".repeat(100_000))).contains(Backend.GATE);
    assertThat(GatewayRoutes.of("/v1/" + "a/".repeat(100_000) + "/x")).isEmpty();
  }
}
