package dev.nofate.meter;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.nofate.meter", importOptions = DoNotIncludeTests.class)
class FeatureCyclesTest {

  @ArchTest
  static final ArchRule FEATURES_DO_NOT_DEPEND_ON_EACH_OTHER_IN_CIRCLES =
      slices().matching("dev.nofate.meter.(*)..").should().beFreeOfCycles();
}
