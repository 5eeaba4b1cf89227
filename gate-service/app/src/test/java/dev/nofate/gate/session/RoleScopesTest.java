package dev.nofate.gate.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.gate.contract.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleScopesTest {

  @Test
  void eachRoleHasItsScopes() {
    RoleScopes roles = RoleScopes.parse(" admin = evaluate  admin ; auditor=audit:read;idle=");
    assertThat(roles.of("admin")).containsExactlyInAnyOrder(Scope.EVALUATE, Scope.ADMIN);
    assertThat(roles.of("auditor")).containsExactly(Scope.AUDIT_READ);
    assertThat(roles.of("idle")).isEmpty();
    assertThat(roles.of("unknown")).isEmpty();
    assertThat(roles.of(null)).isEmpty();
  }

  @Test
  void whatIsNotOfTheFormStopsTheStart() {
    for (String text : List.of("admin", "admin=everything", "a=admin;a=evaluate")) {
      assertThatThrownBy(() -> RoleScopes.parse(text))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("CLERK_ROLE_SCOPES");
    }
  }
}
