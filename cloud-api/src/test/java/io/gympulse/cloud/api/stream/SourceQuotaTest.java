package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SourceQuotaTest {
  private final SourceQuota quota = new SourceQuota(3, 2);

  @Test
  void a_source_that_has_its_share_leaves_room_for_others() {
    assertThat(take("192.0.2.1")).isInstanceOf(SourceQuota.Taken.class);
    assertThat(take("192.0.2.1")).isInstanceOf(SourceQuota.Taken.class);
    assertThat(take("192.0.2.1")).isInstanceOf(SourceQuota.Full.class);
    assertThat(take("192.0.2.2")).isInstanceOf(SourceQuota.Taken.class);
    assertThat(take("192.0.2.3")).isInstanceOf(SourceQuota.Full.class);
    assertThat(quota.refused()).isEqualTo(2);
  }

  @Test
  void a_place_given_back_twice_is_one_place() {
    SourceQuota.Taken first = (SourceQuota.Taken) take("192.0.2.1");
    take("192.0.2.1");
    first.giveBack().run();
    first.giveBack().run();
    assertThat(quota.open()).isEqualTo(1);
    assertThat(take("192.0.2.1")).isInstanceOf(SourceQuota.Taken.class);
    assertThat(take("192.0.2.1")).isInstanceOf(SourceQuota.Full.class);
  }

  @Test
  void a_network_of_ipv6_is_one_source() {
    take("2001:db8::1");
    take("2001:db8::ffff");
    assertThat(take("2001:db8::2:1")).isInstanceOf(SourceQuota.Full.class);
    assertThat(take("2001:db8:0:1::1")).isInstanceOf(SourceQuota.Taken.class);
  }

  private SourceQuota.Outcome take(String address) {
    return quota.take(InetAddress.ofLiteral(address));
  }
}
