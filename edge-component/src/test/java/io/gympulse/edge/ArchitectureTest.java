package io.gympulse.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.gympulse.edge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().matching("io.gympulse.edge.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_core_depends_on_no_database_no_sdk_and_no_json_library =
      noClasses()
          .that()
          .resideInAnyPackage("..occupancy..", "..sync..", "..health..", "..time..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "org.sqlite..", "software.amazon..", "com.pi4j..", "com.fasterxml..");

  @ArchTest
  static final ArchRule sensing_does_not_depend_on_consumers_of_readings =
      noClasses()
          .that()
          .resideInAPackage("..sensing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..occupancy..", "..outbox..", "..sync..", "..uplink..");

  @ArchTest
  static final ArchRule native_calls_are_made_in_three_packages =
      noClasses()
          .that()
          .resideOutsideOfPackages("..gpio.chardev..", "..edge.time..", "..edge.supervision..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");

  @ArchTest
  static final ArchRule reading_lines_depends_neither_on_pi4j_nor_on_the_kernel =
      noClasses()
          .that()
          .resideInAPackage("..gpio.line..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.pi4j..", "..gpio.chardev..");

  @ArchTest
  static final ArchRule time_is_passed_in =
      noClasses()
          .that()
          .resideOutsideOfPackage("..edge.time..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(InstantSource.class, "system");
}
