package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One response of `GET /branches/{id}`.
///
/// @param requestedAt by the processes' clock
/// @param receivedAt by the processes' clock
/// @param counts the response's counts of machines by displayed status
/// @param statuses of its machines
/// @param stored the stored state of each machine that has one
record BranchResponse(
    String gym,
    Instant requestedAt,
    Instant receivedAt,
    String presence,
    Map<String, Integer> counts,
    List<Status> statuses,
    List<Expectations.ShownState> stored) {
  private static final String OFFLINE = "offline";

  static final List<String> STATUSES = List.of("free", "occupied", "unknown", OFFLINE);

  /// A machine's statuses.
  ///
  /// @param displayed `offline` while the gateway is offline, else the stored one
  /// @param stored the last known one
  record Status(String displayed, String stored) {}

  /// @param body of the response
  static BranchResponse of(String gym, Instant requestedAt, Instant receivedAt, JsonNode body) {
    Map<String, Integer> counts = new TreeMap<>();
    STATUSES.forEach(it -> counts.put(it, body.required("counts").required(it).intValue()));
    List<Status> statuses = new ArrayList<>();
    List<Expectations.ShownState> stored = new ArrayList<>();
    for (JsonNode machine : body.required("machines")) {
      statuses.add(
          new Status(
              machine.required("status").textValue(), machine.required("keptStatus").textValue()));
      if (machine.hasNonNull("since")) {
        stored.add(
            new Expectations.ShownState(
                machine.required("id").textValue(),
                machine.required("keptStatus").textValue(),
                Instant.parse(machine.required("since").textValue())));
      }
    }
    return new BranchResponse(
        gym,
        requestedAt,
        receivedAt,
        body.required("presence").required("status").textValue(),
        counts,
        List.copyOf(statuses),
        List.copyOf(stored));
  }

  /// Whether the counts match the displayed statuses in the same response.
  boolean hasConsistentCounts() {
    return STATUSES.stream()
        .allMatch(
            it ->
                counts.getOrDefault(it, 0)
                    == (int) statuses.stream().map(Status::displayed).filter(it::equals).count());
  }

  /// Whether each machine is displayed with its stored status, or all as offline while their
  /// gateway is offline.
  boolean hasConsistentStatuses() {
    return statuses.stream()
        .allMatch(it -> it.displayed().equals(presence.equals(OFFLINE) ? OFFLINE : it.stored()));
  }
}
