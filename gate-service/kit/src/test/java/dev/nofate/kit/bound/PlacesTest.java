package dev.nofate.kit.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final TenantId ONE = new TenantId(new UUID(1, 1));
  private static final TenantId TWO = new TenantId(new UUID(1, 2));

  private final Places places = new Places("Exports", 3, 2, Duration.ofSeconds(5));

  @Test
  void aTenantsLimitAndTheReplicasAreKept() {
    places.enter(ONE);
    places.enter(ONE);
    assertThatThrownBy(() -> places.enter(ONE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Exports are running: 2 of this tenant, limit 2; 2 in all, limit 3");
    places.enter(TWO);
    assertThatThrownBy(() -> places.enter(TWO)).isInstanceOf(ProblemException.class);
    assertThat(places.taken()).isEqualTo(3);
  }

  @Test
  void whoLeavesMakesRoom() {
    places.enter(ONE);
    places.enter(ONE);
    places.leave(ONE);
    places.enter(ONE);
    places.leave(ONE);
    places.leave(ONE);
    assertThat(places.taken()).isZero();
  }
}
