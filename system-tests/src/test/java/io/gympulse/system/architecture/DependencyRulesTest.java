package io.gympulse.system.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The allowed dependencies between modules and packages, as in ARCHITECTURE.md. The poms enforce
/// most of them between modules already; within a module only this test does.
@AnalyzeClasses(packages = "io.gympulse", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
  @ArchTest static final ArchRule CONTRACT = DependencyRules.CONTRACT_SEES_NOBODY;
  @ArchTest static final ArchRule PROCESS = DependencyRules.PROCESS_SEES_NOBODY;
  @ArchTest static final ArchRule EDGE = DependencyRules.EDGE_SEES_NO_CLOUD;
  @ArchTest static final ArchRule SIMULATOR = DependencyRules.SIMULATOR_SEES_NO_EDGE;
  @ArchTest static final ArchRule CORE = DependencyRules.CORE_SEES_NO_ADAPTER;
  @ArchTest static final ArchRule SQLITE = DependencyRules.STORES_DO_NOT_SEE_EACH_OTHER;
  @ArchTest static final ArchRule AWS = DependencyRules.AWS_SEES_THE_CORE;
  @ArchTest static final ArchRule FEATURES = DependencyRules.FEATURES_SEE_PORTS_ONLY;
  @ArchTest static final ArchRule API = DependencyRules.API_SEES_NO_STORE_AND_NO_FEATURE;
  @ArchTest static final ArchRule API_SERVER = DependencyRules.API_SERVER_SEES_API_AND_AWS;
  @ArchTest static final ArchRule LOCAL_CLOUD = DependencyRules.LOCAL_CLOUD_SEES_NO_EDGE;
  @ArchTest static final ArchRule SDK = DependencyRules.ONLY_AWS_SEES_THE_SDK;

  @ArchTest
  static final ArchRule DEVICE_SDK =
      DependencyRules.ONLY_GATEWAY_AND_API_SERVER_SPEAK_BY_THE_DEVICE_SDK;

  @ArchTest static final ArchRule NUCLEUS = DependencyRules.ONLY_THE_UPLINK_SPEAKS_TO_A_NUCLEUS;
  @ArchTest static final ArchRule SQL = DependencyRules.ONLY_STORES_SPEAK_SQL;
  @ArchTest static final ArchRule CLOCKS = DependencyRules.ONLY_COMPOSITION_ROOTS_READ_A_CLOCK;
  @ArchTest static final ArchRule FORMATS = DependencyRules.DECISIONS_KNOW_NO_FORMAT;
  @ArchTest static final ArchRule NAMES = DependencyRules.PACKAGES_ARE_NAMED_BY_FEATURE;

  @ArchTest
  static void packages_form_no_cycles(JavaClasses classes) {
    for (String parent :
        new String[] {
          "",
          "contract.",
          "sim.",
          "edge.",
          "cloud.",
          "cloud.core.",
          "cloud.api.",
          "local.",
          "system."
        }) {
      slices().matching("io.gympulse." + parent + "(*)..").should().beFreeOfCycles().check(classes);
    }
  }
}
