package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.broadcast.StreamMessage.StreamCodec;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamMessageTest {
  private static final Instant NOON = Instant.ofEpochMilli(1_777_636_800_250L);
  private static final GymId GYM = new GymId("downtown");
  private static final CategoryId BIKE = new CategoryId("bike");
  private static final MachineId BIKE_1 = new MachineId("bike-1");

  @Test
  void a_machine_update_has_exactly_these_fields() {
    assertThat(
            StreamCodec.encode(
                new StreamMessage.MachineUpdate(
                    BIKE_1,
                    GYM,
                    BIKE,
                    MachineStatus.FREE,
                    NOON,
                    NOON.minusSeconds(5),
                    Optional.empty())))
        .isEqualTo(
            """
            {"type":"machine_update","machineId":"bike-1","gymId":"downtown","category":"bike",\
            "status":"free","timestamp":1777636800,"lastChange":1777636795}""");
  }

  @Test
  void a_pong_and_the_feeds_status_read_as_documented() {
    assertThat(StreamCodec.encode(new StreamMessage.Pong(NOON, 1)))
        .isEqualTo("{\"type\":\"pong\",\"serverTime\":1777636800.250,\"rate\":1.0}");
    assertThat(StreamCodec.encode(new StreamMessage.Feed(false, NOON)))
        .isEqualTo("{\"type\":\"feed\",\"status\":\"down\",\"since\":1777636800}");
    assertThat(StreamCodec.encode(new StreamMessage.Feed(true, NOON))).contains("\"up\"");
  }

  @Test
  void why_a_machine_is_unknown_is_added() {
    assertThat(
            StreamCodec.encode(
                new StreamMessage.MachineUpdate(
                    BIKE_1,
                    GYM,
                    BIKE,
                    MachineStatus.UNKNOWN,
                    NOON,
                    NOON,
                    Optional.of(UnknownReason.SENSOR_STUCK))))
        .endsWith(
            "\"status\":\"unknown\",\"timestamp\":1777636800,\"lastChange\":1777636800,"
                + "\"reason\":\"sensor-stuck\"}");
  }

  @Test
  void presence_and_time_read_as_documented() {
    GatewayAddress gateway = new GatewayAddress(GYM, new GatewayId("downtown-gateway"));
    assertThat(StreamCodec.encode(new StreamMessage.Presence(gateway, false, NOON, NOON)))
        .isEqualTo(
            """
            {"type":"gateway_presence","gymId":"downtown","gatewayId":"downtown-gateway",\
            "status":"offline","lastHeardAt":1777636800,"since":1777636800}""");
    assertThat(StreamCodec.encode(new StreamMessage.Hello(NOON, 8)))
        .isEqualTo("{\"type\":\"hello\",\"serverTime\":1777636800.250,\"rate\":8.0}");
    assertThat(StreamCodec.encode(new StreamMessage.Tick(NOON, 1)))
        .isEqualTo("{\"type\":\"tick\",\"serverTime\":1777636800.250,\"rate\":1.0}");
  }

  @Test
  void absent_fields_are_left_out_of_an_alert_and_text_is_escaped() {
    assertThat(
            StreamCodec.encode(
                new StreamMessage.Alert(
                    "d-1",
                    "gateway-offline",
                    Optional.empty(),
                    Optional.of(GYM),
                    Optional.empty(),
                    "Dan \"the\" gateway",
                    NOON,
                    "downtown-gateway@1777636800250",
                    "It fell silent.\n")))
        .isEqualTo(
            """
            {"type":"alert","id":"d-1","kind":"gateway-offline","gymId":"downtown",\
            "name":"Dan \\"the\\" gateway","since":1777636800,\
            "correlationId":"downtown-gateway@1777636800250","text":"It fell silent.\\n"}""");
  }
}
