package dev.nofate.gate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
import dev.nofate.gate.contract.CallersApi;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;

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

  /** Row-level security needs a name in every transaction, which {@code db} gives. */
  @ArchTest
  static final ArchRule TABLES_ARE_REACHED_UNDER_A_TENANT_OR_A_PURPOSE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.nofate.gate.db..", "dev.nofate.gate.health..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.mutiny.sqlclient.Pool")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.sqlclient.Pool");

  /** Below /internal only services are let in, each by its name. */
  @ArchTest
  static final ArchRule INTERNAL_ENDPOINTS_NAME_THEIR_SERVICES =
      classes()
          .that()
          .areAssignableTo(CallersApi.class)
          .and()
          .areNotInterfaces()
          .should(nameServicesOnly());

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_FORM_CYCLES =
      slices().matching("dev.nofate.gate.(*)..").should().beFreeOfCycles();

  private static ArchCondition<JavaClass> nameServicesOnly() {
    return new ArchCondition<>("name the services that may call them, and nobody else") {
      @Override
      public void check(JavaClass resource, ConditionEvents events) {
        boolean named =
            resource
                .tryGetAnnotationOfType(RolesAllowed.class)
                .filter(
                    roles ->
                        Arrays.stream(roles.value()).allMatch(role -> role.startsWith("service:")))
                .isPresent();
        events.add(new SimpleConditionEvent(resource, named, resource.getFullName()));
      }
    };
  }

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
