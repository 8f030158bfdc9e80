package io.gympulse.system.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.InstantSource;

/// The allowed dependencies. Each rule is an exclusion: it holds for every class, new ones
/// included, except in the packages that it names.
final class DependencyRules {
  private static final String ALL = "io.gympulse..";
  private static final String CONTRACT = "io.gympulse.contract..";
  private static final String PROCESS = "io.gympulse.process..";
  private static final String CORE = "io.gympulse.cloud.core..";
  private static final String SQLITE = "io.gympulse.cloud.sqlite..";
  private static final String AWS = "io.gympulse.cloud.aws..";
  private static final String LAMBDA = "io.gympulse.cloud.lambda..";
  private static final String API = "io.gympulse.cloud.api..";
  private static final String SERVER = "io.gympulse.cloud.server..";
  private static final String CLOUD = "io.gympulse.cloud..";
  private static final String EDGE = "io.gympulse.edge..";
  private static final String SIM = "io.gympulse.sim..";
  private static final String SYSTEM = "io.gympulse.system..";
  private static final String LOCAL = "io.gympulse.local..";

  /// All of the cloud that is neither its core nor a store, an entry point or the API.
  private static final DescribedPredicate<JavaClass> FEATURES =
      resideInAPackage(CLOUD)
          .and(resideOutsideOfPackages(CORE, SQLITE, AWS, LAMBDA, API, SERVER))
          .as("the cloud's features");

  static final ArchRule CONTRACT_SEES_NOBODY = only(resideInAPackage(CONTRACT), CONTRACT);
  static final ArchRule PROCESS_SEES_NOBODY = only(resideInAPackage(PROCESS), PROCESS);
  static final ArchRule EDGE_SEES_NO_CLOUD = only(resideInAPackage(EDGE), EDGE, CONTRACT, PROCESS);
  static final ArchRule SIMULATOR_SEES_NO_EDGE =
      only(resideInAPackage(SIM), SIM, CONTRACT, PROCESS);
  static final ArchRule CORE_SEES_NO_ADAPTER =
      only(resideInAPackage(CORE), CORE, CONTRACT, PROCESS);
  static final ArchRule STORES_DO_NOT_SEE_EACH_OTHER =
      only(resideInAPackage(SQLITE), SQLITE, CORE, CONTRACT, PROCESS);
  static final ArchRule AWS_SEES_THE_CORE =
      only(resideInAPackage(AWS), AWS, CORE, CONTRACT, PROCESS);
  static final ArchRule FEATURES_SEE_PORTS_ONLY =
      noClasses()
          .that(FEATURES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SQLITE, AWS, LAMBDA, API, SERVER, EDGE, SIM, LOCAL, SYSTEM);
  static final ArchRule API_SEES_NO_STORE_AND_NO_FEATURE =
      only(resideInAPackage(API), API, CORE, CONTRACT, PROCESS);
  static final ArchRule API_SERVER_SEES_API_AND_AWS =
      only(resideInAPackage(SERVER), SERVER, API, AWS, CORE, CONTRACT, PROCESS);
  static final ArchRule LOCAL_CLOUD_SEES_NO_EDGE =
      noClasses()
          .that()
          .resideInAPackage(LOCAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EDGE, SIM, LAMBDA, SERVER, SYSTEM);

  static final ArchRule ONLY_AWS_SEES_THE_SDK =
      noClasses()
          .that(resideOutsideOfPackage(AWS))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("software.amazon.awssdk..")
                  .and(
                      resideOutsideOfPackages(
                          "software.amazon.awssdk.crt..",
                          "software.amazon.awssdk.iot..",
                          "software.amazon.awssdk.aws.greengrass..",
                          "software.amazon.awssdk.eventstreamrpc..")));

  static final ArchRule ONLY_THE_UPLINK_SPEAKS_TO_A_NUCLEUS =
      noClasses()
          .that(resideOutsideOfPackages("io.gympulse.edge.uplink.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "software.amazon.awssdk.aws.greengrass..", "software.amazon.awssdk.eventstreamrpc..");

  static final ArchRule ONLY_GATEWAY_AND_API_SERVER_SPEAK_BY_THE_DEVICE_SDK =
      noClasses()
          .that(
              resideOutsideOfPackages(
                  "io.gympulse.edge.uplink..", "io.gympulse.edge.sensing..", SERVER))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon.awssdk.crt..", "software.amazon.awssdk.iot..");

  static final ArchRule ONLY_STORES_SPEAK_SQL =
      noClasses()
          .that(resideOutsideOfPackages(SQLITE, "io.gympulse.edge.outbox.."))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..");

  /// Main classes get their clocks from `ProcessClock`; a test program reads its own. A method
  /// reference (`System::nanoTime`) counts as a call.
  static final ArchRule ONLY_COMPOSITION_ROOTS_READ_A_CLOCK =
      noClasses()
          .that(resideOutsideOfPackages(PROCESS, "io.gympulse.edge.time..", LAMBDA, SYSTEM))
          .should()
          .accessTargetWhere(
              reads(Instant.class, "now")
                  .or(reads(InstantSource.class, "system"))
                  .or(reads(System.class, "nanoTime"))
                  .or(reads(System.class, "currentTimeMillis")));

  static final ArchRule DECISIONS_KNOW_NO_FORMAT =
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
          .resideInAnyPackage("com.fasterxml.jackson..", "com.pi4j..");

  static final ArchRule PACKAGES_ARE_NAMED_BY_FEATURE =
      noClasses().should().resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..");

  private DependencyRules() {}

  private static DescribedPredicate<JavaAccess<?>> reads(Class<?> owner, String method) {
    return JavaAccess.Predicates.target(HasOwner.Predicates.With.<JavaClass>owner(type(owner)))
        .and(JavaAccess.Predicates.target(name(method)))
        .as("%s.%s".formatted(owner.getSimpleName(), method));
  }

  private static ArchRule only(DescribedPredicate<JavaClass> who, String... allowed) {
    return classes()
        .that(who)
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackage(ALL).or(resideInAnyPackage(allowed)));
  }
}
