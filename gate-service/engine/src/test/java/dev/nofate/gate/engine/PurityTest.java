package dev.nofate.gate.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Set;

/** What makes the engine a pure function, looked for in its byte code. */
@AnalyzeClasses(
    packages = "dev.nofate.gate.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

  private static final Set<String> CLOCKS =
      Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone");

  /** Conversions that read the default locale, charset or zone unless told otherwise. */
  private static final Set<String> DEFAULTS =
      Set.of("getDefault", "defaultCharset", "systemDefault");

  @ArchTest
  void readsNoClock(JavaClasses classes) {
    noClasses().should().accessTargetWhere(named(CLOCKS, "a clock")).check(classes);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .check(classes);
  }

  @ArchTest
  void readsNoDefaultOfTheMachine(JavaClasses classes) {
    noClasses().should().accessTargetWhere(named(DEFAULTS, "a default")).check(classes);
    noClasses().should().accessTargetWhere(localeDependent()).check(classes);
    noClasses()
        .should()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(classes);
  }

  @ArchTest
  void drawsNoRandomNumber(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom|UUID)|java\\.security\\.SecureRandom|"
                + "java\\.util\\.random\\..*|java\\.util\\.concurrent\\.ThreadLocalRandom")
        .check(classes);
    noClasses().should().callMethod(Math.class, "random").check(classes);
  }

  @ArchTest
  void startsNoThread(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .callMethod(java.util.Collection.class, "parallelStream")
        .check(classes);
  }

  @ArchTest
  void doesNoInputOrOutput(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat(inputOrOutput())
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "javax.net..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(classes);
  }

  @ArchTest
  void dependsOnNoFramework(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "org.slf4j..")
        .check(classes);
  }

  @ArchTest
  void packagesFormNoCycle(JavaClasses classes) {
    SlicesRuleDefinition.slices()
        .matching("dev.nofate.gate.engine.(*)..")
        .should()
        .beFreeOfCycles()
        .check(classes);
    noClasses()
        .that()
        .resideInAnyPackage("dev.nofate.gate.engine.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.nofate.gate.engine")
        .check(classes);
  }

  /** {@code java.io} beyond the exception every parser declares and text in memory. */
  private static DescribedPredicate<JavaClass> inputOrOutput() {
    return DescribedPredicate.describe(
        "input or output",
        type ->
            type.getPackageName().equals("java.io")
                && !Set.of("IOException", "Serializable", "StringReader", "Reader", "Writer")
                    .contains(type.getSimpleName()));
  }

  private static DescribedPredicate<JavaAccess<?>> named(Set<String> names, String what) {
    return DescribedPredicate.describe(
        what, access -> names.contains(access.getTarget().getName()));
  }

  /** {@code toLowerCase()}, {@code toUpperCase()}, {@code String.format} without a locale. */
  private static DescribedPredicate<JavaAccess<?>> localeDependent() {
    return DescribedPredicate.describe(
        "a conversion in the default locale",
        access ->
            access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
                && call.getOwner().isEquivalentTo(String.class)
                && (Set.of("toLowerCase", "toUpperCase").contains(call.getName())
                        && call.getRawParameterTypes().isEmpty()
                    || Set.of("format", "formatted").contains(call.getName())
                    || call.getName().equals("getBytes") && call.getRawParameterTypes().isEmpty()));
  }
}
