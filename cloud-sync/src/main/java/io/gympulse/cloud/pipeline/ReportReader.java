package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.count.DeviceItem;
import io.gympulse.cloud.core.count.DeviceKind;
import io.gympulse.cloud.core.count.ItemId;
import io.gympulse.cloud.http.Refusal;
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

  /// @param id names the body, and so its items
  /// @throws Refusal naming the first field that is amiss
  static List<DeviceItem> read(byte[] body, UUID id, Instant now) {
    JsonBody devices = JsonBody.parse(body).object().field("processed_devices");
    return IntStream.range(0, devices.array(MAX_ITEMS))
        .mapToObj(it -> item(devices.element(it).object(), new ItemId(id, it), now))
        .toList();
  }

  private static DeviceItem item(JsonBody device, ItemId id, Instant now) {
    DeviceKind kind =
        new DeviceKind(
            device.field("type").text(DeviceKind::word),
            device.field("state").text(DeviceKind::word));
    Instant at = TimeWindow.notAhead(device.field("timestamp"), now);
    return new DeviceItem(id, LocalDate.ofInstant(at, ZoneOffset.UTC), kind);
  }
}
