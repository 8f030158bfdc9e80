package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gympulse.cloud.core.count.DeviceItem;
import io.gympulse.cloud.core.count.DeviceKind;
import io.gympulse.cloud.core.count.ItemId;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/// Version 1 of an item on its way through the queue: `{"version":1,"item","date","type","state"}`.
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

  /// @throws Refusal if it is no item of this version
  static DeviceItem decode(String body) {
    JsonBody item = JsonBody.parse(body.getBytes(StandardCharsets.UTF_8)).object();
    if (item.field("version").number() != VERSION) {
      throw new Refusal(Fault.invalid("version", "only version 1 is known here"));
    }
    return new DeviceItem(
        item.field("item").text(ItemId::parse),
        item.field("date").text(ItemCodec::date),
        new DeviceKind(
            item.field("type").text(DeviceKind::word), item.field("state").text(DeviceKind::word)));
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
