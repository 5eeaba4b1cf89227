package dev.nofate.gate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;

@AnalyzeClasses(
    packages = "dev.nofate.gate",
    importOptions = {ImportOption.DoNotIncludeTests.class, ImportOption.DoNotIncludeJars.class})
class ArchitectureTest {

  /** An endpoint that does not say who may call it would be open to everybody unseen. */
  @ArchTest
  static final ArchRule EVERY_RESOURCE_NAMES_WHO_MAY_CALL_IT =
      classes()
          .that()
          .haveSimpleNameEndingWith("Resource")
          .should()
          .beAnnotatedWith(RolesAllowed.class)
          .orShould()
          .beAnnotatedWith(Authenticated.class)
          .orShould(declareRolesOnEveryMethod());

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_FORM_CYCLES =
      slices().matching("dev.nofate.gate.(*)..").should().beFreeOfCycles();

  private static ArchCondition<JavaClass> declareRolesOnEveryMethod() {
    return new ArchCondition<>("have roles on every public method") {
      @Override
      public void check(JavaClass resource, ConditionEvents events) {
        resource.getMethods().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .forEach(
                method ->
                    events.add(
                        new SimpleConditionEvent(
                            method,
                            method.isAnnotatedWith(RolesAllowed.class)
                                || method.isAnnotatedWith(PermitAll.class),
                            method.getFullName())));
      }
    };
  }
}
