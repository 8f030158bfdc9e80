package io.gympulse.edge.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.status.GatewayStatus.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SensorTableTest {
  private static final Instant NOW = Instant.parse("2026-03-01T18:00:00Z");
  private static final String LAN = "mqtt 127.0.0.1:1883";

  private static final GatewayStatus STATUS =
      new GatewayStatus(
          new GatewayAddress(new GymId("g"), new GatewayId("g-gw")),
          NOW,
          List.of(new Source(LAN, "running", ""), new Source("gpio header", "failing", "no chip")),
          List.of(
              new SensorStatus(
                  new SensorId("bike-seat"),
                  new MachineId("bike"),
                  LAN,
                  "occupied",
                  NOW.minusSeconds(725),
                  "",
                  41,
                  3,
                  0,
                  Optional.of(NOW.minusSeconds(2)),
                  Optional.of("\u001b[2Jtrue"),
                  List.of()),
              new SensorStatus(
                  new SensorId("rack"),
                  new MachineId("rack-1"),
                  LAN,
                  "no-reading",
                  NOW.minusSeconds(100_000),
                  "it has sent no reading yet",
                  0,
                  0,
                  0,
                  Optional.empty(),
                  Optional.empty(),
                  List.of("no message yet on z/rack", "a line\nbreak"))));

  @Test
  void a_table_has_a_line_per_source_and_sensor() {
    assertThat(String.join("\n", SensorTable.lines(STATUS)))
        .isEqualTo(
            """
            gateway g-gw of gym g
            source mqtt 127.0.0.1:1883: running
            source gpio header: failing, no chip
            SENSOR     MACHINE  VERDICT     FOR     LAST    VALUE     READ  IGNORED  MALFORMED  REASON, HINTS
            bike-seat  bike     occupied    12m 5s  2s ago  ?[2Jtrue    41        3          0
            rack       rack-1   no-reading  1d 3h   never   -            0        0          0  it has sent no reading yet; no message yet on z/rack; a line?break""");
  }

  @Test
  void a_single_line_stays_the_same_until_something_happens() {
    assertThat(SensorTable.line(STATUS.sensors().getFirst()))
        .isEqualTo(
            "sensor=bike-seat machine=bike verdict=occupied since=2026-03-01T17:47:55Z"
                + " last=2026-03-01T17:59:58Z value=?[2Jtrue read=41 ignored=3 malformed=0");
    assertThat(SensorTable.line(STATUS.sensors().getLast()))
        .endsWith(
            "malformed=0 note=\"it has sent no reading yet; no message yet on z/rack; a line?break\"");
  }

  @Test
  void a_status_is_read_back_as_it_was_written() throws IOException {
    String json = GatewayStatusJson.write(STATUS);
    assertThat(json).hasLineCount(1);
    assertThat(GatewayStatusJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(STATUS);
  }
}
