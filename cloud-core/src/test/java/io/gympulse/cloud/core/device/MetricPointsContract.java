package io.gympulse.cloud.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the metric points.
public abstract class MetricPointsContract {
  protected static final DeviceId GATEWAY = new DeviceId("downtown-gw");
  protected static final MetricName DEPTH = new MetricName("outbox_depth");
  protected static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant EVENING = NOON.plusSeconds(6 * 3600);

  private final MetricPoints points = open();

  /// A new, empty store; called once per test, at the test's construction.
  protected abstract MetricPoints open();

  @Test
  void any_order_and_repetition_leaves_the_same_points_oldest_first() {
    List<MetricPoint> series =
        IntStream.range(0, 60).mapToObj(it -> point(NOON.plusSeconds(it), it)).toList();
    List<MetricPoint> arriving = new ArrayList<>(series);
    arriving.addAll(series.subList(20, 45));
    Collections.shuffle(arriving, new Random(1));
    assertThat(points.put(arriving.subList(0, 50))).isEmpty();
    assertThat(points.put(arriving.subList(50, arriving.size()))).isEmpty();
    assertThat(points.range(GATEWAY, DEPTH, NOON, EVENING, 1_000)).isEqualTo(series);
  }

  @Test
  void a_point_reads_back_as_it_was_put() {
    MetricPoint point =
        new MetricPoint(
            GATEWAY,
            DEPTH,
            NOON.plusMillis(1),
            -0.1,
            Optional.of("m²"),
            "{\"a\":{\"b\":[1,\"é\"]}}");
    points.put(List.of(point));
    assertThat(points.range(GATEWAY, DEPTH, NOON, EVENING, 1)).containsExactly(point);
  }

  @Test
  void extreme_values_and_times_read_back() {
    List<MetricPoint> extremes =
        List.of(
            point(Instant.EPOCH, 1e-100),
            point(NOON, 123_456_789_012_345.0),
            point(NOON.plusSeconds(1), 1e100));
    points.put(extremes);
    assertThat(points.range(GATEWAY, DEPTH, Instant.EPOCH, EVENING, 10)).isEqualTo(extremes);
  }

  @Test
  void of_several_points_of_the_same_time_the_last_stays() {
    points.put(List.of(point(NOON, 1), point(NOON, 2)));
    assertThat(points.range(GATEWAY, DEPTH, NOON, EVENING, 10)).containsExactly(point(NOON, 2));
    points.put(List.of(point(NOON, 3)));
    assertThat(points.range(GATEWAY, DEPTH, NOON, EVENING, 10)).containsExactly(point(NOON, 3));
  }

  @Test
  void a_range_begins_with_its_start_and_ends_before_its_end() {
    points.put(List.of(point(NOON, 1), point(NOON.plusMillis(1), 2), point(EVENING, 3)));
    assertThat(values(points.range(GATEWAY, DEPTH, NOON, EVENING, 10))).containsExactly(1.0, 2.0);
    assertThat(values(points.range(GATEWAY, DEPTH, NOON.plusMillis(1), EVENING, 10)))
        .containsExactly(2.0);
    assertThat(points.range(GATEWAY, DEPTH, EVENING, EVENING, 10)).isEmpty();
    assertThat(points.range(GATEWAY, DEPTH, EVENING, NOON, 10)).isEmpty();
  }

  @Test
  void a_long_range_is_read_in_parts() {
    points.put(IntStream.range(0, 250).mapToObj(it -> point(NOON.plusSeconds(it), it)).toList());
    List<MetricPoint> first = points.range(GATEWAY, DEPTH, NOON, EVENING, 200);
    assertThat(first).hasSize(200);
    Instant next = first.getLast().at().plusMillis(1);
    assertThat(values(points.range(GATEWAY, DEPTH, next, EVENING, 200)))
        .hasSize(50)
        .startsWith(200.0);
  }

  @Test
  void devices_and_metrics_are_kept_apart() {
    DeviceId other = new DeviceId("downtown-gw2");
    MetricName memory = new MetricName("memory");
    MetricName longer = new MetricName("outbox_depth2");
    points.put(
        List.of(
            point(NOON, 1),
            new MetricPoint(other, DEPTH, NOON, 2, Optional.empty(), MetricPoint.NO_METADATA),
            new MetricPoint(GATEWAY, longer, NOON, 3, Optional.empty(), MetricPoint.NO_METADATA),
            new MetricPoint(GATEWAY, memory, NOON, 4, Optional.empty(), MetricPoint.NO_METADATA)));
    assertThat(values(points.range(GATEWAY, DEPTH, NOON, EVENING, 10))).containsExactly(1.0);
    assertThat(values(points.range(GATEWAY, memory, NOON, EVENING, 10))).containsExactly(4.0);
    assertThat(values(points.range(GATEWAY, longer, NOON, EVENING, 10))).containsExactly(3.0);
    assertThat(values(points.range(other, DEPTH, NOON, EVENING, 10))).containsExactly(2.0);
    assertThat(points.range(new DeviceId("nobody"), DEPTH, NOON, EVENING, 10)).isEmpty();
  }

  @Test
  void nothing_to_put_is_no_failure() {
    assertThat(points.put(List.of())).isEmpty();
  }

  private static MetricPoint point(Instant at, double value) {
    return new MetricPoint(
        GATEWAY, DEPTH, at, value, Optional.of("events"), MetricPoint.NO_METADATA);
  }

  private static List<Double> values(List<MetricPoint> points) {
    return points.stream().map(MetricPoint::value).toList();
  }
}
