package io.gympulse.system.prove;

import io.gympulse.system.environment.StreamClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What was observed during a run, for the checks after it.
///
/// @param clonePeriods when two gateways ran from the same card
/// @param unsentByClones events that the clones had not sent at their end
/// @param firstSeen when each line of a record file was first seen, by file
/// @param cloudDowntimes in which API and WebSocket were not served
/// @param requests to the API
/// @param frames of the WebSocket
/// @param connections of the WebSocket
/// @param end of the run
record Observations(
    Disruptions disruptions,
    Slowdowns slowdowns,
    List<Downtime> downtimes,
    List<CardCloner.ClonePeriod> clonePeriods,
    long unsentByClones,
    Map<Path, List<Instant>> firstSeen,
    List<CloudDowntimes.Period> cloudDowntimes,
    ApiResponseCheck.Requests requests,
    List<StreamCheck.Frame> frames,
    List<StreamClient.Connection> connections,
    Instant end) {

  /// Whether the gym must appear offline during a downtime: no clone was running.
  boolean isVisible(Downtime downtime) {
    return clonePeriods.stream().noneMatch(it -> it.hides(downtime));
  }

  /// Whether a downtime must leave a gap: no events of a clone can lie within it.
  boolean mustLeaveGap(Downtime downtime) {
    return clonePeriods.stream().noneMatch(it -> it.mayFillGapOf(downtime));
  }
}
