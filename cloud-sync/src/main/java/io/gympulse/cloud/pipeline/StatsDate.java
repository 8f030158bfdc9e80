package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.http.Asked;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.Refusal;
import java.time.LocalDate;

/// The date that statistics are asked for.
final class StatsDate {
  private StatsDate() {}

  /// @throws Refusal if the parameter `date` is missing or no date
  static LocalDate of(Asked asked) {
    try {
      return ItemCodec.date(asked.query("date").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new Refusal(Fault.invalid("date", String.valueOf(e.getMessage())));
    }
  }
}
