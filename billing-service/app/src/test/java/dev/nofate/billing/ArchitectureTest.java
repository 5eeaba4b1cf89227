package dev.nofate.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.standing.StandingRules;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.nofate.billing", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule featuresFormNoCycle =
      slices().matching("dev.nofate.billing.(*)..").should().beFreeOfCycles();

  /** Row-level security needs a name in every transaction. */
  @ArchTest
  static final ArchRule tablesAreReachedUnderATenantOrAPurpose =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nofate.billing.postgres")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.mutiny.sqlclient.Pool")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.sqlclient.Pool");

  @ArchTest
  static final ArchRule onlyTheDatabaseTellsTheTime =
      noClasses().should().callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule onlyTheSignatureCheckLooksAtThisMachinesClock =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.nofate.billing.webhook")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule rulesArePure =
      noClasses()
          .that()
          .areAssignableTo(Rating.class)
          .or()
          .areAssignableTo(StandingRules.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..");
}
