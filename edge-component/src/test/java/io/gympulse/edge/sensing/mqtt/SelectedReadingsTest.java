package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Several sensors on one topic, and several readings in one message.
class SelectedReadingsTest {
  private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");

  private final RecordingReceiver receiver = new RecordingReceiver();

  @Test
  void sensors_behind_one_radio_bridge_are_told_apart_by_their_code() {
    String source =
        """
        "preset":"custom","topic":"tele/bridge/RESULT","pointer":"/RfReceived/Data",
        "where":{"/RfReceived/Data":%s},"active":%s,"inactive":%s,"missing":"ignored"
        """;
    MessageRouter router =
        router(
            MqttSensors.level(
                "bike", source.formatted("[\"A1B00E\",\"A1B007\"]", "\"A1B00E\"", "\"A1B007\"")),
            MqttSensors.level(
                "rack", source.formatted("[\"77C20E\",\"77C207\"]", "\"77C20E\"", "\"77C207\"")));
    String received = "{\"RfReceived\":{\"Sync\":14350,\"Data\":\"%s\",\"RfKey\":\"None\"}}";
    publish(router, "tele/bridge/RESULT", received.formatted("a1b00e"));
    publish(router, "tele/bridge/RESULT", received.formatted("77C207"));
    publish(router, "tele/bridge/RESULT", received.formatted("123456"));
    publish(router, "tele/bridge/RESULT", "{\"POWER\":\"ON\"}");
    assertThat(readings()).containsExactly("bike+", "rack-");
    assertThat(router.stats().values()).extracting(SensorStats::malformed).containsOnly(0L);
    assertThat(router.stats().values()).extracting(SensorStats::ignored).containsOnly(3L);
  }

  @Test
  void a_number_selects_a_sensor_and_so_do_several_places_together() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "door",
                """
                "preset":"custom","topic":"domoticz/out","pointer":"/nvalue","active":1,
                "inactive":0,"where":{"/idx":1234}"""),
            MqttSensors.level(
                "mat",
                """
                "preset":"custom","topic":"rtl_433/events","pointer":"/state","active":"open",
                "inactive":"closed","where":{"/id":77,"/model":["Generic-Remote","EV1527"]}"""));
    publish(router, "domoticz/out", "{\"idx\":1234,\"nvalue\":1}");
    publish(router, "domoticz/out", "{\"idx\":1235,\"nvalue\":0}");
    publish(router, "domoticz/out", "{\"nvalue\":0}");
    publish(router, "rtl_433/events", "{\"model\":\"EV1527\",\"id\":77,\"state\":\"open\"}");
    publish(router, "rtl_433/events", "{\"model\":\"Acurite\",\"id\":77,\"state\":\"closed\"}");
    publish(router, "rtl_433/events", "{\"model\":\"EV1527\",\"id\":null,\"state\":\"closed\"}");
    assertThat(readings()).containsExactly("door+", "mat+");
  }

  @Test
  void the_readings_of_a_list_are_delivered_in_the_order_of_their_times() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "bike",
                """
                "preset":"custom","topic":"gym/node","each":"/readings","pointer":"/v","active":1,
                "inactive":0,"where":{"/sensor":"reed"},
                "timestamp":{"pointer":"/t","unit":"milliseconds"}"""));
    String element = "{\"sensor\":\"%s\",\"v\":%d,\"t\":%d}";
    long millis = START.toEpochMilli();
    publish(
        router,
        "gym/node",
        "{\"readings\":[%s,%s,%s,7]}"
            .formatted(
                element.formatted("reed", 0, millis - 1_000),
                element.formatted("reed", 1, millis - 3_000),
                element.formatted("temperature", 1, millis)));
    assertThat(receiver.readings())
        .containsExactly(
            new SensorInput.Reading(new SensorId("bike"), true, START.minusSeconds(3)),
            new SensorInput.Reading(new SensorId("bike"), false, START.minusSeconds(1)));
  }

  @Test
  void buffered_readings_keep_their_own_times() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "bike",
                """
                "preset":"custom","topic":"gym/node","each":"","pointer":"/v","active":1,
                "inactive":0,"timestamp":{"pointer":"/t","unit":"seconds"}"""));
    StringBuilder readings = new StringBuilder("[");
    for (int i = 0; i < 13; i++) {
      readings.append(
          "{\"v\":%d,\"t\":%d},".formatted(i % 2, START.getEpochSecond() - 50 + 4L * i));
    }
    publish(
        router,
        "gym/node",
        readings.replace(readings.length() - 1, readings.length(), "]").toString());
    assertThat(receiver.readings())
        .hasSize(13)
        .extracting(SensorInput.Reading::stampedAt)
        .isSorted()
        .startsWith(START.minusSeconds(50))
        .endsWith(START.minusSeconds(2));
  }

  @Test
  void a_list_without_times_is_read_in_its_own_order() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "bike",
                """
                "preset":"custom","topic":"gym/node","each":"/v","pointer":"","active":1,
                "inactive":0"""));
    publish(router, "gym/node", "{\"v\":[1,0,1]}");
    assertThat(readings()).containsExactly("bike+", "bike-", "bike+");
  }

  @Test
  void what_is_no_list_is_malformed_and_an_element_that_is_malformed_loses_no_other() {
    MessageRouter router =
        router(
            MqttSensors.level(
                "bike",
                """
                "preset":"custom","topic":"gym/node","each":"/v","pointer":"/in","active":1,
                "inactive":0"""));
    publish(router, "gym/node", "{\"v\":7}");
    publish(router, "gym/node", "{}");
    publish(router, "gym/node", "{\"v\":[]}");
    publish(router, "gym/node", "{\"v\":[{\"in\":1},{\"in\":\"x\"},{\"in\":0}]}");
    assertThat(readings()).containsExactly("bike+", "bike-");
    SensorStats stats = Map.copyOf(router.stats()).values().iterator().next();
    assertThat(stats.malformed()).isEqualTo(3);
    assertThat(stats.ignored()).isEqualTo(1);
  }

  private static MessageRouter router(Sensor... sensors) {
    return new MessageRouter(List.of(sensors), () -> START, Optional::of);
  }

  private void publish(MessageRouter router, String topic, String payload) {
    router.received(topic, payload.getBytes(UTF_8), false, receiver);
  }

  private List<String> readings() {
    return receiver.readings().stream().map(it -> it.sensor() + (it.active() ? "+" : "-")).toList();
  }
}
