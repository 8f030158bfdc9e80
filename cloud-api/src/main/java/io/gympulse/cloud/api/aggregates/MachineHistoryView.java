package io.gympulse.cloud.api.aggregates;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.api.aggregates.AggregatesView.TimesView;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.Totals;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `GET /machines/{id}/history`: a machine's windows without gaps and its changes, both ascending.
///
/// @param from the first window's start
/// @param to the last window's end
/// @param transitions the newest 1,000 at most; older than 30 days there are none
/// @param transitionsOmitted how many older ones of the range are left out
public record MachineHistoryView(
    String machineId,
    Instant from,
    Instant to,
    List<BinView> bins,
    List<TransitionView> transitions,
    int transitionsOmitted) {
  private static final int MAX_TRANSITIONS = 1_000;

  /// @param bins of the machine's category, of consecutive windows, at least one
  /// @param changes since the first window's start, ascending
  static MachineHistoryView of(
      MachineId machine, List<CategoryBin> bins, List<HistoryEntry> changes) {
    List<TransitionView> all = transitions(bin(machine, bins.getFirst()).start(), changes);
    int omitted = Math.max(0, all.size() - MAX_TRANSITIONS);
    return new MachineHistoryView(
        machine.value(),
        bins.getFirst().key().window().start(),
        bins.getLast().key().window().end(),
        bins.stream().map(it -> BinView.of(machine, it)).toList(),
        all.subList(omitted, all.size()),
        omitted);
  }

  private static MachineBin bin(MachineId machine, CategoryBin category) {
    return category.machines().getOrDefault(machine, MachineBin.UNKNOWN);
  }

  private static List<TransitionView> transitions(
      MachineStatus atStart, List<HistoryEntry> changes) {
    List<TransitionView> named = new ArrayList<>();
    MachineStatus before = atStart;
    for (HistoryEntry change : changes) {
      named.add(TransitionView.of(before, change));
      before = change.status();
    }
    return named;
  }

  /// The machine in a window of 15 minutes.
  public record BinView(
      Instant start, @JsonUnwrapped TimesView times, String startStatus, String endStatus) {
    private static BinView of(MachineId machine, CategoryBin category) {
      MachineBin bin = MachineHistoryView.bin(machine, category);
      return new BinView(
          category.key().window().start(),
          TimesView.of(Totals.of(bin)),
          bin.start().wireName(),
          bin.end().wireName());
    }
  }

  /// A change of the machine's status.
  ///
  /// @param transition `occupied` or `freed` from the other of the two; `initialized` from unknown;
  ///     `lost` to unknown; `no_change` if the status is that of before
  /// @param status since `at`
  /// @param reason of an unknown status
  public record TransitionView(
      Instant at, String transition, String status, Optional<String> reason) {
    private static TransitionView of(MachineStatus before, HistoryEntry change) {
      return new TransitionView(
          change.at(),
          name(before, change.status()),
          change.status().wireName(),
          change.reason().map(UnknownReason::wireName));
    }

    private static String name(MachineStatus before, MachineStatus next) {
      if (before == next) {
        return "no_change";
      }
      if (next == MachineStatus.UNKNOWN) {
        return "lost";
      }
      if (before == MachineStatus.UNKNOWN) {
        return "initialized";
      }
      return next == MachineStatus.OCCUPIED ? "occupied" : "freed";
    }
  }
}
