package dev.nofate.billing.account;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Calls;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.start.FaultySettingsException;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A start in mock mode. */
@QuarkusTest
@BillingParts
class RealmCheckIT {

  @Inject RealmCheck check;

  @Test
  void isRefusedBesideACustomerOfStripesWhoseRealmWasNeverWrittenDown() {
    TenantId tenant = Calls.newTenant();
    Calls.gate().put("/internal/accounts/{tenant}", TenantId.OPERATOR.toString());
    assertThatCode(() -> check.check(new StartupEvent()))
        .as("the operator's account has no realm, and is nobody's customer")
        .doesNotThrowAnyException();

    Database.tamper(
        "INSERT INTO accounts (tenant_id, stripe_customer_id, created_at) VALUES ('%s', 'cus_%s', now())"
            .formatted(tenant, tenant.toString().replace("-", "")));
    try {
      assertThatThrownBy(() -> check.check(new StartupEvent()))
          .isInstanceOf(FaultySettingsException.class)
          .hasMessageContaining("1 accounts are open at Stripe");
      Calls.file(tenant, Calls.draft(tenant, 10, 1, 9, 234)).statusCode(200);
      Calls.report(tenant, 1).statusCode(502);
    } finally {
      Database.tamper(
          "UPDATE accounts SET realm = 'MOCK' WHERE tenant_id = '%s'".formatted(tenant));
    }
  }
}
