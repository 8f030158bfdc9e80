package io.gympulse.system.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule rejects a class that was written to break it.
class PlantedViolationTest {
  private static final JavaClasses PLANTED =
      new ClassFileImporter()
          .importPackages(
              "io.gympulse.cloud.planted",
              "io.gympulse.cloud.api.planted",
              "io.gympulse.edge.planted");

  static Stream<Arguments> rules_and_what_breaks_them() {
    return Stream.of(
        arguments(DependencyRules.ONLY_AWS_SEES_THE_SDK, "UsesTheSdk"),
        arguments(DependencyRules.ONLY_STORES_SPEAK_SQL, "UsesSql"),
        arguments(DependencyRules.FEATURES_SEE_PORTS_ONLY, "UsesAStore"),
        arguments(DependencyRules.API_SEES_NO_STORE_AND_NO_FEATURE, "UsesTheEmbeddedStore"),
        arguments(DependencyRules.API_SEES_NO_STORE_AND_NO_FEATURE, "UsesDynamoDb"),
        arguments(DependencyRules.API_SEES_NO_STORE_AND_NO_FEATURE, "UsesAFeature"),
        arguments(DependencyRules.ONLY_COMPOSITION_ROOTS_READ_A_CLOCK, "ReadsAClock"),
        arguments(DependencyRules.ONLY_COMPOSITION_ROOTS_READ_A_CLOCK, "NamesAClock"),
        arguments(DependencyRules.EDGE_SEES_NO_CLOUD, "EdgeViolations"));
  }

  @ParameterizedTest
  @MethodSource("rules_and_what_breaks_them")
  void a_planted_violation_is_rejected(ArchRule rule, String planted) {
    assertThatThrownBy(() -> rule.check(PLANTED))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(planted);
  }
}
