package dev.nofate.kit.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

  @Test
  void splitsLoginAndAddress() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://gate_app:s%40cr%3At@db.internal:6432/nofate");
    assertThat(url.user()).isEqualTo("gate_app");
    assertThat(url.password()).isEqualTo("s@cr:t");
    assertThat(url.reactive()).isEqualTo("postgresql://db.internal:6432/nofate");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.internal:6432/nofate");
  }

  @Test
  void keepsParametersAndAddsTheDefaultPort() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://u:p@db/nofate?sslmode=require");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db:5432/nofate?sslmode=require");
  }

  @Test
  void aPlusInAPasswordStaysAPlus() {
    assertThat(DatabaseUrl.parse("postgresql://u:a+b@db/x").password()).isEqualTo("a+b");
  }

  @Test
  void refusesWhatIsNoDatabaseAddressWithoutShowingIt() {
    for (String text :
        List.of(
            "mysql://u:s3cret@db/x", "postgresql://db/x", "postgresql://s3cret@db/x", "s3cret^")) {
      assertThatThrownBy(() -> DatabaseUrl.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("DATABASE_URL")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void doesNotShowItsPassword() {
    assertThat(DatabaseUrl.parse("postgresql://u:s3cret@db/x").toString()).doesNotContain("s3cret");
  }
}
