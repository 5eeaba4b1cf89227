package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PropertyCountTest {

  @Test
  void propertiesRunAtLeastTenThousandCases() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.nofate.gate.engine");
    int tries =
        tests.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(Property.class))
            .mapToInt(PropertyCountTest::tries)
            .sum();
    assertThat(tries).isGreaterThanOrEqualTo(10_000);
  }

  private static int tries(JavaMethod property) {
    return property.getAnnotationOfType(Property.class).tries();
  }
}
