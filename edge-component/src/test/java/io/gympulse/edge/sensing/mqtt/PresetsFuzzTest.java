package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whatever a device sends, nothing is thrown, its message is counted as its own sensor's, and
/// another sensor is read as before.
class PresetsFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T18:00:00Z");
  private static final SensorId OTHER = new SensorId("other");
  private static final List<String> RULES =
      List.of(
          "\"active\":{\"above\":30},\"inactive\":{\"below\":15}",
          "\"active\":{\"perMinute\":20}",
          "\"each\":\"\",\"where\":{\"/id\":1},\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"iso-8601\"}",
          "\"each\":\"/l\",\"timestamp\":{\"pointer\":\"/t\",\"unit\":\"milliseconds\"}");

  @FuzzTest
  void any_payload_is_counted_and_has_no_effect_on_other_sensors(byte[] payload) {
    for (MqttPreset preset : MqttPreset.values()) {
      check(preset(preset), payload);
    }
    for (String rule : RULES) {
      check(
          MqttSensors.timed(
              "fuzzed",
              "motion",
              "",
              "\"preset\":\"json\",\"topic\":\"t\",\"property\":\"x\"," + rule),
          payload);
    }
  }

  private static Sensor preset(MqttPreset preset) {
    String source =
        switch (preset) {
          case TASMOTA, SHELLY_GEN2 -> "\"device\":\"d\"";
          case ZIGBEE2MQTT, ESPHOME, ZWAVE_JS_UI, CHIRPSTACK, TTN ->
              "\"device\":\"d\",\"property\":\"occupancy\"";
          case SPARKPLUG_B -> "\"device\":\"g/n/d\",\"property\":\"occupancy\"";
          case HOME_ASSISTANT -> "\"device\":\"binary_sensor.d\"";
          case JSON -> "\"topic\":\"t\",\"property\":\"x\"";
          case CUSTOM ->
              "\"topic\":\"t\",\"pointer\":\"/x\",\"plainText\":true,\"active\":1,\"inactive\":0";
        };
    return MqttSensors.level("fuzzed", "\"preset\":\"%s\",%s".formatted(preset.wireName(), source));
  }

  private static void check(Sensor fuzzed, byte[] payload) {
    var mapping = ((SourceConfig.Mqtt) fuzzed.source()).mapping();
    Sensor other =
        MqttSensors.level("other", "\"preset\":\"json\",\"topic\":\"other\",\"property\":\"in\"");
    MessageRouter router = new MessageRouter(List.of(fuzzed, other), () -> NOW, Optional::of);
    RecordingReceiver receiver = new RecordingReceiver();
    List<String> topics = new ArrayList<>(List.of(mapping.topic().topic("a")));
    mapping.availability().forEach(it -> topics.add(it.topic().text()));
    for (String topic : topics) {
      router.received(topic, payload, false, receiver);
      router.received(topic, payload, true, receiver);
    }
    assertThat(inputs(receiver)).doesNotContain(OTHER);
    assertThat(router.stats()).containsEntry(OTHER, SensorStats.NONE);
    router.received("other", "{\"in\":true}".getBytes(UTF_8), false, receiver);
    assertThat(receiver.readings()).last().isEqualTo(new SensorInput.Reading(OTHER, true, NOW));
    SensorStats stats = Optional.ofNullable(router.stats().get(fuzzed.id())).orElseThrow();
    assertThat(stats.read() + stats.ignored() + stats.malformed()).isGreaterThanOrEqualTo(2);
    assertThat(stats.lastValue().map(String::length).orElse(0)).isLessThanOrEqualTo(100);
  }

  private static Set<SensorId> inputs(RecordingReceiver receiver) {
    Set<SensorId> sensors =
        receiver.changes().stream().map(SensorInput::sensor).collect(Collectors.toSet());
    receiver.readings().forEach(it -> sensors.add(it.sensor()));
    return sensors;
  }
}
