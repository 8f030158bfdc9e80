package io.gympulse.contract.floorplan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.contract.Allocations;
import java.util.Optional;

/// Any text is refused with a message, or is a floor plan that is written and read back unchanged.
class FloorPlanFuzzTest {
  private static final String PLAN =
      """
      {"gym":{"id":"g","name":"G","latitude":1,"longitude":2,"zone":"Europe/Zurich"},\
      "gateway":"w","machines":[{"id":"m","category":"c","name":"M","x":0,"y":0,"sensors":[\
      {"id":"s","behaviour":"level","source":SOURCE}]}]}""";

  @FuzzTest
  void plans_are_refused_or_read_back_as_they_are(byte[] text) throws FloorPlanException {
    check(new String(text, UTF_8));
  }

  /// A sensor's source alone.
  @FuzzTest
  void sources_are_refused_or_read_back_as_they_are(byte[] source) throws FloorPlanException {
    check(PLAN.replace("SOURCE", new String(source, UTF_8)));
  }

  private static void check(String json) throws FloorPlanException {
    Optional<FloorPlan> plan = Allocations.bounded(() -> parsed(json));
    if (plan.isPresent()) {
      String written = FloorPlanFile.write(plan.get());
      assertThat(UTF_8.newEncoder().canEncode(written)).isTrue();
      assertThat(FloorPlanFile.parse(written, "written")).isEqualTo(plan.get());
    }
  }

  private static Optional<FloorPlan> parsed(String json) {
    try {
      return Optional.of(FloorPlanFile.parse(json, "fuzzed"));
    } catch (FloorPlanException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(2_000);
      return Optional.empty();
    }
  }
}
