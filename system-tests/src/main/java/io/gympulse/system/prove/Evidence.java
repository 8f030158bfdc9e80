package io.gympulse.system.prove;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What was noted while a day ran, for judging it afterwards.
///
/// @param clonings when two gateways ran from copies of one card; `unsent` events that the copies
///     still held at their end
/// @param lines when each line of a record file was first there, by file
/// @param polls answers of the API; `unanswered` how many were none
/// @param frames of the member's WebSocket, which was open from `watchedFrom` on
/// @param end of the day
record Evidence(
    Disturbances disturbances,
    Slowdowns slowdowns,
    List<Absence> absences,
    List<Cloning> clonings,
    long unsent,
    Map<Path, List<Instant>> lines,
    List<Poll> polls,
    int unanswered,
    List<Frame> frames,
    Instant watchedFrom,
    Instant end) {

  /// Whether no other gateway was there in place of the one that was absent.
  boolean showsAbsence(Absence absence) {
    return clonings.stream().noneMatch(it -> it.covers(absence));
  }

  /// Whether nothing that another gateway told is in the gap that the absence left.
  boolean leavesGap(Absence absence) {
    return clonings.stream().noneMatch(it -> it.blurs(absence));
  }
}
