package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ConnectionQuotaTest {
  private final ConnectionQuota quota = new ConnectionQuota(3, 2);

  @Test
  void a_source_at_its_limit_leaves_connections_to_others() {
    assertThat(acquire("192.0.2.1")).isInstanceOf(ConnectionQuota.Acquired.class);
    assertThat(acquire("192.0.2.1")).isInstanceOf(ConnectionQuota.Acquired.class);
    assertThat(acquire("192.0.2.1")).isInstanceOf(ConnectionQuota.Exhausted.class);
    assertThat(acquire("192.0.2.2")).isInstanceOf(ConnectionQuota.Acquired.class);
    assertThat(acquire("192.0.2.3")).isInstanceOf(ConnectionQuota.Exhausted.class);
    assertThat(quota.rejected()).isEqualTo(2);
  }

  @Test
  void a_second_release_does_nothing() {
    ConnectionQuota.Acquired first = (ConnectionQuota.Acquired) acquire("192.0.2.1");
    acquire("192.0.2.1");
    first.release().run();
    first.release().run();
    assertThat(acquire("192.0.2.1")).isInstanceOf(ConnectionQuota.Acquired.class);
    assertThat(acquire("192.0.2.1")).isInstanceOf(ConnectionQuota.Exhausted.class);
    assertThat(acquire("192.0.2.2")).isInstanceOf(ConnectionQuota.Acquired.class);
    assertThat(acquire("192.0.2.3")).isInstanceOf(ConnectionQuota.Exhausted.class);
  }

  @Test
  void an_ipv6_network_is_one_source() {
    acquire("2001:db8::1");
    acquire("2001:db8::ffff");
    assertThat(acquire("2001:db8::2:1")).isInstanceOf(ConnectionQuota.Exhausted.class);
    assertThat(acquire("2001:db8:0:1::1")).isInstanceOf(ConnectionQuota.Acquired.class);
  }

  private ConnectionQuota.Result acquire(String address) {
    return quota.acquire(InetAddress.ofLiteral(address));
  }
}
