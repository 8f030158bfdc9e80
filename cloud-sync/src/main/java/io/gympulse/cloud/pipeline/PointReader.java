package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.metric.DeviceId;
import io.gympulse.cloud.core.metric.MetricName;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Reads `[{"device_id","timestamp","metric","value","unit"?,"metadata"?}]`: 1 to 1,000 points,
/// each judged by itself.
final class PointReader {
  static final int MAX_POINTS = 1_000;

  /// One element of the body.
  sealed interface Read {
    record Valid(MetricPoint point) implements Read {}

    record Invalid(Fault fault) implements Read {}
  }

  private PointReader() {}

  /// @throws Refusal if the body as a whole is no such array
  static List<Read> read(byte[] body, Instant now) {
    JsonBody points = JsonBody.parse(body);
    return IntStream.range(0, points.array(MAX_POINTS))
        .mapToObj(it -> judge(points.element(it), now))
        .toList();
  }

  private static Read judge(JsonBody point, Instant now) {
    try {
      return new Read.Valid(point(point.object(), now));
    } catch (Refusal e) {
      return new Read.Invalid(e.fault());
    }
  }

  private static MetricPoint point(JsonBody point, Instant now) {
    return new MetricPoint(
        point.field("device_id").text(DeviceId::new),
        point.field("metric").text(MetricName::new),
        TimeWindow.within(point.field("timestamp"), now, MetricPoints.KEPT),
        point.field("value").number(),
        unit(point.field("unit")),
        metadata(point.field("metadata")));
  }

  private static Optional<String> unit(JsonBody unit) {
    return unit.absent() ? Optional.empty() : Optional.of(unit.text(MetricPoint::requireUnit));
  }

  private static String metadata(JsonBody metadata) {
    if (metadata.absent()) {
      return MetricPoint.NO_METADATA;
    }
    try {
      return MetricPoint.requireMetadata(metadata.object().wellFormed());
    } catch (IllegalArgumentException e) {
      throw new Refusal(Fault.invalid(metadata.path(), String.valueOf(e.getMessage())));
    }
  }
}
