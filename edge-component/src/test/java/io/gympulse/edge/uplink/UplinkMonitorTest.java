package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.uplink.UplinkMonitor.LinkStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UplinkMonitorTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void connections_and_acknowledgements_are_noted_and_passed_on() {
    InMemoryUplink memory = new InMemoryUplink();
    UplinkMonitor uplink = new UplinkMonitor(memory, InstantSource.fixed(NOON));
    List<String> passed = new ArrayList<>();
    uplink.start(
        new Uplink.Listener() {
          @Override
          public void connected() {
            passed.add("connected");
          }

          @Override
          public void disconnected(String reason) {
            passed.add(reason);
          }

          @Override
          public void acknowledgement(byte[] body) {
            passed.add("acknowledgement of " + body.length);
          }
        });
    assertThat(uplink.status())
        .isEqualTo(new LinkStatus(false, NOON, "not connected yet", 0, Optional.empty()));
    memory.connect();
    memory.acknowledge(new byte[3]);
    memory.disconnect();
    memory.connect();
    assertThat(uplink.status()).isEqualTo(new LinkStatus(true, NOON, "", 2, Optional.of(NOON)));
    assertThat(passed)
        .containsExactly("connected", "acknowledgement of 3", "switched off", "connected");
  }
}
