package io.gympulse.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionControlTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PENDING = BrokerLimits.IOT_CORE.pendingPerSource();

  private final LimitCounters counters = new LimitCounters();
  private final AdmissionControl admission = new AdmissionControl(BrokerLimits.IOT_CORE, counters);

  @Test
  void a_source_with_open_connections_is_tracked_however_many_others_follow()
      throws UnknownHostException {
    List<AdmissionControl.Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < PENDING; i++) {
      tickets.add(admission.admit(address(0), 0).orElseThrow());
    }
    for (int i = 1; i <= 12_000; i++) {
      var _ = admission.admit(address(i), SECOND);
    }
    assertThat(admission.admit(address(0), 2 * SECOND)).isEmpty();
    assertThat(counters.of(LimitCounters.Limit.CONNECTIONS_OF_SOURCE)).isEqualTo(1);

    tickets.forEach(AdmissionControl.Ticket::closed);
    assertThat(admission.admit(address(0), 3 * SECOND)).isPresent();
  }

  @Test
  void open_and_pending_connections_are_counted() throws UnknownHostException {
    AdmissionControl.Ticket one = admission.admit(address(0), 0).orElseThrow();
    AdmissionControl.Ticket other = admission.admit(address(1), 0).orElseThrow();
    one.connected();
    assertThat(admission.open()).isEqualTo(2);
    assertThat(admission.pending()).isEqualTo(1);
    one.closed();
    other.closed();
    assertThat(admission.open()).isZero();
    assertThat(admission.pending()).isZero();
  }

  private static InetAddress address(int number) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
  }
}
