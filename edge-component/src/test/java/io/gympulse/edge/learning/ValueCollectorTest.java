package io.gympulse.edge.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValueCollectorTest {

  @Test
  void thresholds_are_proposed_for_each_number_of_a_sensor() throws FloorPlanException {
    ValueCollector collector = collector("\"preset\": \"json\", \"topic\": \"gym/+\"");
    assertThat(collector.filters()).containsExactly("gym/+");
    for (int i = 0; i < 20; i++) {
      receive(collector, "gym/a", "{\"power\": 5, \"deep\": {\"volts\": 230}, \"on\": true}");
      receive(collector, "gym/a", "{\"power\": 500, \"deep\": {\"volts\": 231}}");
    }
    receive(collector, "other/a", "{\"power\": 1}");
    receive(collector, "gym/a", "{broken");
    assertThat(collector.report())
        .containsExactly(
            "sensor s on gym/+: 41 messages",
            "  \"pointer\": \"/power\": 40 values, from 5 to 5 and from 500 to 500",
            "    if in use means more: \"active\": {\"above\": 110}, \"inactive\": {\"below\": 23}",
            "    if in use means less: \"active\": {\"below\": 23}, \"inactive\": {\"above\": 110}",
            "  no two clusters, so no thresholds: \"pointer\": \"/deep/volts\", 40 values from 230"
                + " to 231");
  }

  @Test
  void a_sensor_without_messages_or_numbers_is_named() throws FloorPlanException {
    ValueCollector collector = collector("\"preset\": \"json\", \"topic\": \"gym/a\"");
    assertThat(collector.report()).containsExactly("sensor s on gym/a: 0 messages");
    receive(collector, "gym/a", "ON");
    assertThat(collector.report())
        .containsExactly(
            "sensor s on gym/a: 1 messages", "  no numbers, so that it needs no thresholds");
  }

  @Test
  void what_a_sender_adds_is_bounded() throws FloorPlanException {
    ValueCollector collector = collector("\"preset\": \"json\", \"topic\": \"gym/a\"");
    for (int i = 0; i < 1_000; i++) {
      receive(collector, "gym/a", "{\"n%d\": %d}".formatted(i, i));
    }
    receive(collector, "gym/a", "[".repeat(5_000));
    assertThat(collector.report()).hasSize(2);
    assertThat(collector.report().getLast().split("; ")).hasSize(20);
  }

  private static ValueCollector collector(String source) throws FloorPlanException {
    String plan =
        """
        {"gym": {"id": "g", "name": "G", "latitude": 1, "longitude": 2, "zone": "UTC"},
         "gateway": "w", "machines": [
          {"id": "m", "category": "c", "name": "N", "x": 1, "y": 2, "sensors": [
            {"id": "s", "behaviour": "level",
             "source": {"type": "mqtt", %s, "property": "power"}}]}]}
        """
            .formatted(source);
    return new ValueCollector(FloorPlanFile.parse(plan, "plan").machines().getFirst().sensors());
  }

  private static void receive(ValueCollector collector, String topic, String payload) {
    collector.received(topic, payload.getBytes(StandardCharsets.UTF_8));
  }
}
