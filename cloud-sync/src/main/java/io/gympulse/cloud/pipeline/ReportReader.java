package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.contract.json.JsonCursor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Reads `{"processed_devices":[{"type","state","timestamp"}]}`: 1 to 1,000 devices, times in
/// ISO-8601 with an offset and not more than 5 minutes ahead.
final class ReportReader {
  static final int MAX_ITEMS = 1_000;

  private ReportReader() {}

  /// @param id of the body; items' ids contain it
  /// @throws RejectedException naming the first invalid field
  static List<DeviceItem> read(byte[] body, UUID id, Instant now) {
    JsonCursor<RejectedException> devices =
        BodyJson.parse(body).object().field("processed_devices").array(1, MAX_ITEMS);
    return IntStream.range(0, devices.size())
        .mapToObj(it -> item(devices.element(it).object(), new ItemId(id, it), now))
        .toList();
  }

  private static DeviceItem item(JsonCursor<RejectedException> device, ItemId id, Instant now) {
    DeviceKind kind =
        new DeviceKind(
            device.field("type").parse(DeviceKind::word),
            device.field("state").parse(DeviceKind::word));
    Instant at = DeviceTime.notAhead(device.field("timestamp"), now);
    return new DeviceItem(id, LocalDate.ofInstant(at, ZoneOffset.UTC), kind);
  }
}
