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
  static final ArchRule packages_form_no_circle =
      slices().matching("io.gympulse.edge.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_core_knows_no_database_no_sdk_and_no_json_library =
      noClasses()
          .that()
          .resideInAnyPackage("..occupancy..", "..sync..", "..health..", "..time..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "org.sqlite..", "software.amazon..", "com.pi4j..", "com.fasterxml..");

  @ArchTest
  static final ArchRule sensing_knows_nothing_of_what_is_done_with_readings =
      noClasses()
          .that()
          .resideInAPackage("..sensing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..occupancy..", "..outbox..", "..sync..", "..uplink..");

  @ArchTest
  static final ArchRule time_comes_in_from_outside =
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
