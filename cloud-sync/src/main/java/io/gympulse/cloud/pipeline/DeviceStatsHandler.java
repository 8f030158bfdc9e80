package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.cloud.http.HttpHandler;
import io.gympulse.cloud.http.Request;
import io.gympulse.cloud.http.Response;
import java.time.LocalDate;

/// `GET /stats?date=YYYY-MM-DD`: the counts of a UTC date, by type and state.
public final class DeviceStatsHandler extends HttpHandler {
  private final DeviceCounts counts;

  public DeviceStatsHandler(DeviceCounts counts, PipelineCounters counters) {
    super(counters.responses());
    this.counts = counts;
  }

  @Override
  protected Response respond(Request request) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (DeviceCount count : counts.of(date(request))) {
      rows.addObject()
          .put("date", count.date().toString())
          .put("type", count.kind().type())
          .put("state", count.kind().state())
          .put("count", count.count());
    }
    return Response.json(200, rows);
  }

  /// @throws RejectedException if the parameter `date` is missing or no date
  static LocalDate date(Request request) {
    try {
      return ItemCodec.date(request.query("date").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new RejectedException(ApiError.invalid("date", String.valueOf(e.getMessage())));
    }
  }
}
