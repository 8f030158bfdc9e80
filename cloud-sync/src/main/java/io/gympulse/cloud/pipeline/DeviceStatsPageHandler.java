package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.count.DeviceCounts;
import io.gympulse.cloud.http.Answer;
import io.gympulse.cloud.http.Asked;
import io.gympulse.cloud.http.HttpHandler;
import java.time.LocalDate;

/// `GET /stats-html?date=YYYY-MM-DD`: the counts of a UTC date as a page.
public final class DeviceStatsPageHandler extends HttpHandler {
  private final DeviceCounts counts;

  public DeviceStatsPageHandler(DeviceCounts counts, PipelineCounters counters) {
    super(counters.answers());
    this.counts = counts;
  }

  @Override
  protected Answer answer(Asked asked) {
    LocalDate date = StatsDate.of(asked);
    return Answer.html(StatsPage.of(date, counts.of(date)));
  }
}
