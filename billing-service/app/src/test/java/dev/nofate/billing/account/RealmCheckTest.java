package dev.nofate.billing.account;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.billing.provider.Realm;
import org.junit.jupiter.api.Test;

class RealmCheckTest {

  @Test
  void startsWhereEveryAccountCanBeBilled() {
    for (Realm here : Realm.values()) {
      assertThatCode(() -> RealmCheck.refuse(0, here)).doesNotThrowAnyException();
    }
  }

  @Test
  void namesTheSettingThatLeadsAwayFromTheAccounts() {
    assertThatThrownBy(() -> RealmCheck.refuse(2, Realm.MOCK))
        .hasMessageContaining("BILLING_MODE: mock, and 2 accounts are open at Stripe");
    assertThatThrownBy(() -> RealmCheck.refuse(2, Realm.TEST))
        .hasMessageContaining("STRIPE_SECRET_KEY: a test key, and 2 accounts");
    assertThatThrownBy(() -> RealmCheck.refuse(2, Realm.LIVE))
        .hasMessageContaining("STRIPE_SECRET_KEY: a live key, and 2 accounts");
  }
}
