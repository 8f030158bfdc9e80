package io.gympulse.edge.sensing.gpio.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineRequestTest {
  private static final Optional<GpioChip> CHIP = Optional.of(new GpioChip("expander"));

  @Test
  void requests_are_as_large_as_the_kernel_allows() {
    List<LineRequest> requests = LineRequest.of(CHIP, lines(100, _ -> 5));
    assertThat(requests).extracting(it -> it.lines().size()).containsExactly(64, 36);
    assertThat(requests).allMatch(it -> it.chip().equals(CHIP));
    assertThat(requests.stream().flatMap(it -> it.lines().stream()).toList())
        .isEqualTo(lines(100, _ -> 5));
  }

  @Test
  void more_than_eight_debounce_times_need_another_request() {
    assertThat(LineRequest.of(CHIP, lines(18, it -> it)))
        .extracting(it -> it.lines().size())
        .containsExactly(9, 8, 1);
  }

  @Test
  void an_empty_request_or_one_beyond_the_kernels_limits_is_rejected() {
    assertThatThrownBy(() -> new LineRequest(CHIP, List.of())).hasMessageContaining("0 lines");
    assertThatThrownBy(() -> new LineRequest(CHIP, lines(65, _ -> 5)))
        .hasMessageContaining("65 lines");
    assertThatThrownBy(() -> new LineRequest(CHIP, lines(9, it -> it + 1)))
        .hasMessageContaining("debounce");
    assertThat(LineRequest.of(CHIP, List.of())).isEmpty();
  }

  private static List<LineSettings> lines(int count, IntUnaryOperator debounceMillis) {
    return IntStream.range(0, count)
        .mapToObj(
            it ->
                new LineSettings(it, GpioPull.UP, Duration.ofMillis(debounceMillis.applyAsInt(it))))
        .toList();
  }
}
