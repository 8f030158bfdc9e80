package io.gympulse.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int ONES = BrokerLimits.IOT_CORE.unfinishedPerSource();

  private final LimitCounters counters = new LimitCounters();
  private final Admission admission = new Admission(BrokerLimits.IOT_CORE, counters);

  @Test
  void a_source_with_open_connections_is_not_forgotten_however_many_come_after_it()
      throws UnknownHostException {
    List<Admission.Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < ONES; i++) {
      tickets.add(admission.admit(address(0), 0).orElseThrow());
    }
    for (int i = 1; i <= 12_000; i++) {
      var _ = admission.admit(address(i), SECOND);
    }
    assertThat(admission.admit(address(0), 2 * SECOND)).isEmpty();
    assertThat(counters.of(LimitCounters.Limit.CONNECTIONS_OF_SOURCE)).isEqualTo(1);

    tickets.forEach(Admission.Ticket::closed);
    assertThat(admission.admit(address(0), 3 * SECOND)).isPresent();
  }

  @Test
  void what_is_open_and_unfinished_is_counted() throws UnknownHostException {
    Admission.Ticket one = admission.admit(address(0), 0).orElseThrow();
    Admission.Ticket other = admission.admit(address(1), 0).orElseThrow();
    one.finished();
    assertThat(admission.open()).isEqualTo(2);
    assertThat(admission.unfinished()).isEqualTo(1);
    one.closed();
    other.closed();
    assertThat(admission.open()).isZero();
    assertThat(admission.unfinished()).isZero();
  }

  private static InetAddress address(int number) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
  }
}
