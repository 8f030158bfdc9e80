package io.gympulse.edge.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.SensorStats;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SensorHintsTest {
  private static final Instant AT = Instant.EPOCH;

  private final SensorStats.Counter counter = new SensorStats.Counter();

  @Test
  void a_topic_without_a_message_is_named() throws FloorPlanException {
    assertThat(SensorHints.of(zigbee("occupancy"), true, "no-reading", counter.stats()))
        .containsExactly("no message yet on zigbee2mqtt/rack");
    assertThat(SensorHints.of(zigbee("occupancy"), false, "source-down", counter.stats()))
        .as("its source explains it")
        .isEmpty();
  }

  @Test
  void a_mistyped_property_is_named_with_those_that_were_seen() throws FloorPlanException {
    counter.ignored(AT);
    counter.seen("occupancy");
    counter.seen("battery");
    assertThat(SensorHints.of(zigbee("ocupancy"), true, "no-reading", counter.stats()))
        .containsExactly("no 'ocupancy'; seen: occupancy, battery");
    counter.read(AT);
    assertThat(SensorHints.of(zigbee("ocupancy"), true, "free", counter.stats())).isEmpty();
  }

  @Test
  void a_malformed_message_is_shown_with_its_defect() throws FloorPlanException {
    counter.malformed(AT, "'HOLD' is neither active nor inactive");
    assertThat(SensorHints.of(zigbee("occupancy"), true, "no-reading", counter.stats()))
        .containsExactly("last malformed message: 'HOLD' is neither active nor inactive");
  }

  @Test
  void the_topics_that_report_a_device_as_unavailable_are_named() throws FloorPlanException {
    counter.read(AT);
    assertThat(SensorHints.of(zigbee("occupancy"), true, "device-unavailable", counter.stats()))
        .containsExactly(
            "whether it is online is read from zigbee2mqtt/bridge/state and"
                + " zigbee2mqtt/rack/availability");
  }

  private static Sensor zigbee(String property) throws FloorPlanException {
    return FloorPlanFile.parse(
            """
            {"gym": {"id": "g", "name": "G", "latitude": 1, "longitude": 2, "zone": "UTC"},
             "gateway": "w", "machines": [
              {"id": "m", "category": "c", "name": "N", "x": 1, "y": 2, "sensors": [
                {"id": "s", "behaviour": "motion",
                 "source": {"type": "mqtt", "preset": "zigbee2mqtt", "device": "rack",
                            "property": "%s"}}]}]}
            """
                .formatted(property),
            "plan")
        .machines()
        .getFirst()
        .sensors()
        .getFirst();
  }
}
