package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Of each free period, but not within quiet hours: at their end, if it goes on until then.
///
/// @param start of the quiet hours of the one day that is run; `end` is theirs
/// @param zone in which they are told to the cloud
record OutsideQuietHours(Instant start, Instant end, ZoneId zone) implements Agreement {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  @Override
  public String name() {
    return "outside-quiet-hours";
  }

  @Override
  public void ask(ObjectNode alert) {
    alert.put("repeat", true).put("cooldown", 0).put("zone", zone.getId());
    alert.putObject("quiet_hours").put("start", time(start)).put("end", time(end));
  }

  private String time(Instant at) {
    return TIME.format(at.atZone(zone));
  }

  @Override
  public Alerting judge(List<FreePeriod> periods, Calm calm, List<Telling> tellings) {
    List<FreePeriod> due = periods.stream().filter(it -> isDue(it, calm)).toList();
    List<FreePeriod> missed = new ArrayList<>(due);
    missed.removeIf(period -> tellings.stream().anyMatch(it -> it.tellsOf(period)));
    int against = (int) tellings.stream().filter(this::disturbs).count();
    return new Alerting(due.size(), tellings.size(), List.copyOf(missed), against, Set.of());
  }

  private boolean isDue(FreePeriod period, Calm calm) {
    return calm.hadToBeNoticed(period)
        && tellable(period).filter(it -> it.equals(period) || calm.hadTime(it)).isPresent();
  }

  /// The part of a period from the moment on at which it may be told. Of one that reaches from
  /// before the quiet hours into them nothing is expected: its gateway may have known late.
  private Optional<FreePeriod> tellable(FreePeriod period) {
    if (!period.to().isAfter(start) || !period.from().isBefore(end)) {
      return Optional.of(period);
    }
    return period.to().isAfter(end)
        ? Optional.of(new FreePeriod(period.machine(), end, period.to()))
        : Optional.empty();
  }

  /// What began within the quiet hours was told within them.
  private boolean disturbs(Telling telling) {
    return !telling.since().isBefore(start) && telling.at().isBefore(end);
  }
}
