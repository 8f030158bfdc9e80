package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoint.DeviceId;
import io.gympulse.cloud.core.device.MetricPoint.MetricName;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.contract.json.JsonCursor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads `[{"device_id","timestamp","metric","value","unit"?,"metadata"?}]`: 1 to 1,000 points,
/// each validated on its own.
final class PointReader {
  static final int MAX_POINTS = 1_000;

  /// One element of the body.
  sealed interface Read {
    record Valid(MetricPoint point) implements Read {}

    record Invalid(ApiError error) implements Read {}
  }

  private PointReader() {}

  /// @throws RejectedException if the body as a whole is not such an array
  static List<Read> read(byte[] body, Instant now) {
    return BodyJson.parse(body).array(1, MAX_POINTS).list(it -> readOne(it, now));
  }

  private static Read readOne(JsonCursor<RejectedException> point, Instant now) {
    try {
      return new Read.Valid(point(point.object(), now));
    } catch (RejectedException e) {
      return new Read.Invalid(e.error());
    }
  }

  private static MetricPoint point(JsonCursor<RejectedException> point, Instant now) {
    return new MetricPoint(
        point.field("device_id").parse(DeviceId::new),
        point.field("metric").parse(MetricName::new),
        DeviceTime.within(point.field("timestamp"), now, MetricPoints.KEPT),
        point.field("value").number(),
        unit(point.field("unit")),
        metadata(point.field("metadata")));
  }

  private static Optional<String> unit(JsonCursor<RejectedException> unit) {
    return !unit.isPresent() ? Optional.empty() : Optional.of(unit.parse(MetricPoint::requireUnit));
  }

  private static String metadata(JsonCursor<RejectedException> metadata) {
    if (!metadata.isPresent()) {
      return MetricPoint.NO_METADATA;
    }
    String json = BodyJson.object(metadata);
    return metadata.checked(() -> MetricPoint.requireMetadata(json));
  }
}
