package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.contract.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/// Version 1 of an item in the queue: `{"version":1,"item","date","type","state"}`.
final class ItemCodec {
  private static final int VERSION = 1;

  private ItemCodec() {}

  static String encode(DeviceItem item) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", VERSION)
        .put("item", item.id().toString())
        .put("date", item.date().toString())
        .put("type", item.kind().type())
        .put("state", item.kind().state())
        .toString();
  }

  /// @throws RejectedException if it is not an item of this version
  static DeviceItem decode(String body) {
    JsonCursor<RejectedException> item =
        BodyJson.parse(body.getBytes(StandardCharsets.UTF_8)).object();
    if (item.field("version").number() != VERSION) {
      throw new RejectedException(ApiError.invalid("version", "only version 1 is known here"));
    }
    return new DeviceItem(
        item.field("item").parse(ItemId::parse),
        item.field("date").parse(ItemCodec::date),
        new DeviceKind(
            item.field("type").parse(DeviceKind::word),
            item.field("state").parse(DeviceKind::word)));
  }

  /// @throws IllegalArgumentException if the text is no date
  static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a date is needed, for example 2026-05-01", e);
    }
  }
}
