package io.gympulse.cloud.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLimitsTest {
  @ParameterizedTest
  @CsvSource({"1,1", "8,8", "2000,1", "2000,200", "2000,2000", "100000,5000", "100000,100000"})
  void as_many_connections_as_streams_are_left_for_requests(int total, int perSource) {
    ConnectionLimits limits = new ConnectionLimits(total, perSource);

    assertThat(limits.connections() - total).isGreaterThanOrEqualTo(total);
    assertThat(limits.connectionsPerSource() - perSource)
        .isGreaterThanOrEqualTo(Math.min(3 * perSource, limits.connections() - total));
    assertThat(limits.connectionsPerSource()).isLessThanOrEqualTo(limits.connections());
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "1,2", "100001,1"})
  void invalid_limits_are_rejected(int total, int perSource) {
    assertThatThrownBy(() -> new ConnectionLimits(total, perSource))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100000 in all");
  }
}
