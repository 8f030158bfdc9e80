package io.gympulse.system.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The direction of dependencies. Between modules the poms enforce most of it already; within them
/// only this does.
@AnalyzeClasses(packages = "io.gympulse", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionOfDependenciesTest {
  @ArchTest static final ArchRule CONTRACT = HouseRules.CONTRACT_SEES_NOBODY;
  @ArchTest static final ArchRule PROCESS = HouseRules.PROCESS_SEES_NOBODY;
  @ArchTest static final ArchRule EDGE = HouseRules.EDGE_SEES_NO_CLOUD;
  @ArchTest static final ArchRule SIMULATOR = HouseRules.SIMULATOR_SEES_NO_EDGE;
  @ArchTest static final ArchRule CORE = HouseRules.CORE_SEES_NO_ADAPTER;
  @ArchTest static final ArchRule SQLITE = HouseRules.STORES_DO_NOT_SEE_EACH_OTHER;
  @ArchTest static final ArchRule AWS = HouseRules.AWS_SEES_THE_CORE;
  @ArchTest static final ArchRule FEATURES = HouseRules.FEATURES_SEE_PORTS_ONLY;
  @ArchTest static final ArchRule API = HouseRules.API_DOES_NOT_CALL_FEATURES;
  @ArchTest static final ArchRule LOCAL_CLOUD = HouseRules.LOCAL_CLOUD_SEES_NO_EDGE;
  @ArchTest static final ArchRule SDK = HouseRules.ONLY_AWS_SEES_THE_SDK;

  @ArchTest static final ArchRule DEVICE_SDK = HouseRules.ONLY_THE_GATEWAY_SPEAKS_BY_THE_DEVICE_SDK;

  @ArchTest static final ArchRule SQL = HouseRules.ONLY_STORES_SPEAK_SQL;
  @ArchTest static final ArchRule CLOCKS = HouseRules.ONLY_COMPOSITION_ROOTS_READ_A_CLOCK;
  @ArchTest static final ArchRule FORMATS = HouseRules.DECISIONS_KNOW_NO_FORMAT;
  @ArchTest static final ArchRule NAMES = HouseRules.PACKAGES_ARE_NAMED_BY_FEATURE;

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
