package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gympulse.cloud.core.count.DeviceCount;
import io.gympulse.cloud.core.count.DeviceCounts;
import io.gympulse.cloud.http.Answer;
import io.gympulse.cloud.http.Asked;
import io.gympulse.cloud.http.HttpHandler;

/// `GET /stats?date=YYYY-MM-DD`: the counts of a UTC date, by type and state.
public final class DeviceStatsHandler extends HttpHandler {
  private final DeviceCounts counts;

  public DeviceStatsHandler(DeviceCounts counts, PipelineCounters counters) {
    super(counters.answers());
    this.counts = counts;
  }

  @Override
  protected Answer answer(Asked asked) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (DeviceCount count : counts.of(StatsDate.of(asked))) {
      rows.addObject()
          .put("date", count.date().toString())
          .put("type", count.kind().type())
          .put("state", count.kind().state())
          .put("count", count.count());
    }
    return Answer.json(200, rows);
  }
}
