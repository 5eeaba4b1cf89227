package dev.nofate.audit.chain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;

/** What makes the chain a pure function of what it is given. */
@AnalyzeClasses(
    packages = "dev.nofate.audit.chain",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final Set<String> STREAMS_OF_THE_CALLER =
      Set.of(
          "java.io.InputStream",
          "java.io.BufferedInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.OutputStream",
          "java.io.IOException",
          "java.io.Serializable");

  @ArchTest
  static final ArchRule knowsTheJdkAndTwoLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "com.fasterxml.jackson..", "org.erdtman.jcs..", "dev.nofate.audit.chain..");

  @ArchTest
  static final ArchRule doesNoInputOrOutputOfItsOwn =
      noClasses()
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("reach files, network or processes") {
                @Override
                public boolean test(JavaClass type) {
                  String name = type.getFullName();
                  return (name.startsWith("java.io.") && !STREAMS_OF_THE_CALLER.contains(name))
                      || name.startsWith("java.nio.file.")
                      || name.startsWith("java.nio.channels.")
                      || name.startsWith("java.net.")
                      || name.startsWith("java.sql.")
                      || name.equals("java.lang.ProcessBuilder")
                      || name.equals("java.lang.Runtime");
                }
              });

  @ArchTest
  static final ArchRule knowsNoClock =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule knowsNoChance =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.(Random|SplittableRandom|random\\..*)")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.SecureRandom")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule startsNoThreads =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule knowsNoDefaultsOfTheMachine =
      noClasses()
          .should()
          .callMethod(Locale.class, "getDefault")
          .orShould()
          .callMethod(TimeZone.class, "getDefault")
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(String.class, "getBytes")
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase");
}
