package io.gympulse.edge.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.binding.TopicRecognizer.Observation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRecognizerTest {
  private final TopicRecognizer recognizer = new TopicRecognizer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zigbee2mqtt/hall/rack-1 | {\"contact\":false,\"battery\":91,\"battery_low\":false}",
        "zigbee2mqtt/rack-1 | {\"occupancy\":true,\"linkquality\":80}",
        "zigbee2mqtt/plug-1 | {\"power\":72.5,\"state\":\"ON\"}",
        "tele/rack-1/SENSOR | {\"Time\":\"2026-03-01T18:00:00\",\"Switch1\":\"ON\"}",
        "tele/plug-1/SENSOR | {\"ENERGY\":{\"Power\":40,\"Today\":1.2}}",
        "shellyplusi4-a8/status/input:0 | {\"id\":0,\"state\":true}",
        "shellyplug-a8/status/switch:0 | {\"id\":0,\"output\":true,\"apower\":55.1}",
        "rack-1/binary_sensor/seat/state | ON",
        "homeassistant/binary_sensor/bike_1_motion/state | on",
        "application/7/device/24e124535d000001/event/up | {\"object\":{\"occupied\":true}}",
        "v3/gym@ttn/devices/bike-1/up | {\"uplink_message\":{\"decoded_payload\":{\"on\":true}}}",
        "gym/bike-1 | {\"active\":1,\"t\":5}",
        "gym/bike-1 | {\"seat\":\"on\"}",
        "hall/seat | occupied",
        "hall/seat | OPEN",
        "hall/seat | 1"
      })
  void a_value_becomes_a_source_that_a_floor_plan_accepts(String topic, String payload)
      throws Exception {
    List<Observation> found = observations(topic, payload);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().high()).isEqualTo(!payload.contains("false,"));
    for (boolean active : new boolean[] {true, false}) {
      SourceConfig source = source(found.getFirst().candidate(), active);
      assertThat(source)
          .isInstanceOfSatisfying(
              SourceConfig.Mqtt.class,
              it -> assertThat(it.mapping().topic().matches(topic)).isTrue());
      assertThat(
              PlannedTopics.reads(
                  ((SourceConfig.Mqtt) source).mapping(),
                  found.getFirst().candidate().key().substring("mqtt ".length())))
          .isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "zigbee2mqtt/bridge/state | {\"state\":\"online\"}",
        "zigbee2mqtt/rack-1/availability | {\"state\":\"online\"}",
        "zigbee2mqtt/rack-1/set | {\"occupancy\":true}",
        "cmnd/rack-1/Power | ON",
        "tele/rack-1/LWT | Online",
        "gympulse/downtown/bike-1 | ON",
        "hall/temperature | 21.5",
        "hall/text | hello",
        "hall/json | {\"occupied\":",
        "hall/list | [true]"
      })
  void what_is_no_reading_is_none(String topic, String payload) {
    assertThat(observations(topic, payload)).isEmpty();
  }

  @Test
  void large_and_invalid_payloads_are_none() {
    assertThat(recognizer.observations("a", new byte[] {(byte) 0xff})).isEmpty();
    assertThat(recognizer.observations("a", new byte[0])).isEmpty();
    assertThat(observations("a", "{\"a\":true%s}".formatted(" ".repeat(10_000)))).isEmpty();
    assertThat(observations("a".repeat(300), "ON")).isEmpty();
  }

  private List<Observation> observations(String topic, String payload) {
    return recognizer.observations(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static SourceConfig source(Candidate candidate, boolean active) throws Exception {
    MachineId machine = new MachineId("m-1");
    FloorPlan plan =
        FloorPlanFile.parse(
            """
            {"gym":{"id":"g","name":"Gym","latitude":47.4,"longitude":8.5,"zone":"Europe/Zurich"},
             "gateway":"g-gw","machines":[
             {"id":"m-1","category":"bike","name":"Bike","x":1,"y":2,"sensors":[%s]}]}"""
                .formatted(FloorPlanDraft.sensor(machine, candidate, active)),
            "test");
    return plan.machines().getFirst().sensors().getFirst().source();
  }
}
