package io.gympulse.contract.floorplan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.SensorSource.Gpio;
import java.time.Duration;

/// A GPIO source in a floor-plan file.
final class GpioNode {
  private GpioNode() {}

  static Gpio read(PlanNode node) {
    node.allow("type", "chip", "line", "pull", "activeHigh", "debounceMs");
    boolean activeHigh = node.child("activeHigh").bool();
    GpioPull pull =
        node.optional("pull")
            .map(it -> it.named(GpioPull::ofWireName, "up, down, off"))
            .orElse(GpioPull.restingAt(activeHigh));
    Duration debounce =
        node.optional("debounceMs")
            .map(it -> Duration.ofMillis(it.integer()))
            .orElse(Gpio.USUAL_DEBOUNCE);
    return node.checked(
        () ->
            new Gpio(
                node.optional("chip").map(it -> it.parse(GpioChip::new)),
                node.child("line").integer(),
                pull,
                activeHigh,
                debounce));
  }

  static void write(Gpio gpio, ObjectNode node) {
    node.put("type", "gpio");
    gpio.chip().ifPresent(it -> node.put("chip", it.value()));
    node.put("line", gpio.line()).put("pull", gpio.pull().wireName());
    node.put("activeHigh", gpio.activeHigh()).put("debounceMs", gpio.debounce().toMillis());
  }
}
