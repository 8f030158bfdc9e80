package io.gympulse.system.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

  @ArchTest
  static final ArchRule THE_EDGE_KNOWS_NO_CLOUD = no("edge", "cloud", "local", "sim", "system");

  @ArchTest
  static final ArchRule THE_SIMULATOR_KNOWS_ONLY_THE_CONTRACT =
      no("sim", "edge", "cloud", "local", "system");

  @ArchTest
  static final ArchRule THE_CLOUD_KNOWS_NO_EDGE = no("cloud", "edge", "local", "sim", "system");

  @ArchTest
  static final ArchRule THE_LOCAL_CLOUD_KNOWS_NO_EDGE = no("local", "edge", "sim", "system");

  @ArchTest
  static final ArchRule THE_CONTRACT_KNOWS_NOBODY =
      no("contract", "edge", "cloud", "local", "sim", "system");

  @ArchTest
  static final ArchRule THE_API_DOES_NOT_CALL_HANDLERS =
      noClasses()
          .that()
          .resideInAPackage("io.gympulse.cloud.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.gympulse.cloud.ingest..",
              "io.gympulse.cloud.presence..",
              "io.gympulse.cloud.pipeline..",
              "io.gympulse.cloud.http..",
              "io.gympulse.cloud.aggregate..",
              "io.gympulse.cloud.dispatch..",
              "io.gympulse.cloud.alert..",
              "io.gympulse.cloud.incident..",
              "io.gympulse.cloud.broadcast..",
              "io.gympulse.cloud.channel..",
              "io.gympulse.cloud.redrive..",
              "io.gympulse.cloud.lambda..");

  @ArchTest
  static final ArchRule PORTS_AND_CORES_OF_THE_CLOUD_KNOW_NO_SQL_AND_NO_SDK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.gympulse.cloud.state.aggregate..",
              "io.gympulse.cloud.state.alert..",
              "io.gympulse.cloud.state.arrears..",
              "io.gympulse.cloud.state.broadcast..",
              "io.gympulse.cloud.state.connection..",
              "io.gympulse.cloud.state.count..",
              "io.gympulse.cloud.state.coverage..",
              "io.gympulse.cloud.state.current..",
              "io.gympulse.cloud.state.event..",
              "io.gympulse.cloud.state.floor..",
              "io.gympulse.cloud.state.gateway..",
              "io.gympulse.cloud.state.incident..",
              "io.gympulse.cloud.state.memory..",
              "io.gympulse.cloud.state.metric..",
              "io.gympulse.cloud.state.presence..",
              "io.gympulse.cloud.state.queue..",
              "io.gympulse.cloud.state.raw..",
              "io.gympulse.cloud.state.store..",
              "io.gympulse.cloud.aggregate..",
              "io.gympulse.cloud.alert..",
              "io.gympulse.cloud.incident..",
              "io.gympulse.cloud.ingest..",
              "io.gympulse.cloud.pipeline..",
              "io.gympulse.cloud.presence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "software.amazon..");

  @ArchTest
  static final ArchRule CORES_KNOW_NO_SQL_NO_SDK_AND_NO_JSON =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.gympulse.edge.occupancy..",
              "io.gympulse.edge.sync..",
              "io.gympulse.sim.day..",
              "io.gympulse.sim.sensor..",
              "io.gympulse.contract.id..",
              "io.gympulse.contract.event..",
              "io.gympulse.contract.message..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "software.amazon..", "com.fasterxml.jackson..", "com.pi4j..");

  @ArchTest
  static final ArchRule CORES_DO_NOT_READ_CLOCKS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.gympulse.edge.occupancy..",
              "io.gympulse.edge.sync..",
              "io.gympulse.sim.day..",
              "io.gympulse.sim.sensor..",
              "io.gympulse.cloud.state..",
              "io.gympulse.cloud.aggregate..",
              "io.gympulse.cloud.alert..",
              "io.gympulse.cloud.broadcast..",
              "io.gympulse.cloud.dispatch..",
              "io.gympulse.cloud.incident..",
              "io.gympulse.cloud.pipeline..",
              "io.gympulse.cloud.ingest..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule NOTHING_IS_NAMED_FOR_NOTHING =
      noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..");

  @ArchTest
  static void packages_form_no_circles(JavaClasses classes) {
    for (String module :
        new String[] {
          "contract",
          "sim",
          "edge",
          "cloud",
          "cloud.state",
          "cloud.ingest",
          "cloud.api",
          "local",
          "system"
        }) {
      slices()
          .matching("io.gympulse." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  private static ArchRule no(String from, String... to) {
    String[] packages = new String[to.length];
    for (int i = 0; i < to.length; i++) {
      packages[i] = "io.gympulse." + to[i] + "..";
    }
    return noClasses()
        .that(resideInAPackage("io.gympulse." + from + ".."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
