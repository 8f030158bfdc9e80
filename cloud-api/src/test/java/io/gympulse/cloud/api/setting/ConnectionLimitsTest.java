package io.gympulse.cloud.api.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitsTest {
  @ParameterizedTest
  @CsvSource({"1,1", "8,8", "2000,1", "2000,200", "2000,2000", "100000,5000", "100000,100000"})
  void all_streams_that_may_be_open_leave_as_many_connections_for_requests(
      int inAll, int perSource) {
    ConnectionLimits limits = new ConnectionLimits(inAll, perSource);

    assertThat(limits.connections() - inAll).isGreaterThanOrEqualTo(inAll);
    assertThat(limits.connectionsPerSource() - perSource)
        .isGreaterThanOrEqualTo(Math.min(3 * perSource, limits.connections() - inAll));
    assertThat(limits.connectionsPerSource()).isLessThanOrEqualTo(limits.connections());
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "1,2", "100001,1"})
  void numbers_that_make_no_sense_are_refused(int inAll, int perSource) {
    assertThatThrownBy(() -> new ConnectionLimits(inAll, perSource))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100000 in all");
  }
}
