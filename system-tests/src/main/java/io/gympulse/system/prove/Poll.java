package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One answer of `GET /branches/{id}`.
///
/// @param asked when it was asked for, `answered` when it was there, by the processes' clock
/// @param counts machines by the status shown, as the answer counts them
/// @param statuses of its machines, as shown: `offline` while the gateway is out of reach
/// @param kept what was last known of each machine
record Poll(
    String gym,
    Instant asked,
    Instant answered,
    String presence,
    Map<String, Integer> counts,
    List<String> statuses,
    List<Shown> kept) {
  static final List<String> STATUSES = List.of("free", "occupied", "unknown", "offline");

  /// @param body of the answer
  static Poll of(String gym, Instant asked, Instant answered, JsonNode body) {
    Map<String, Integer> counts = new TreeMap<>();
    STATUSES.forEach(it -> counts.put(it, body.required("counts").required(it).intValue()));
    List<String> statuses = new ArrayList<>();
    List<Shown> kept = new ArrayList<>();
    for (JsonNode machine : body.required("machines")) {
      statuses.add(machine.required("status").textValue());
      if (machine.hasNonNull("since")) {
        kept.add(
            new Shown(
                machine.required("id").textValue(),
                machine.required("keptStatus").textValue(),
                Instant.parse(machine.required("since").textValue())));
      }
    }
    return new Poll(
        gym,
        asked,
        answered,
        body.required("presence").required("status").textValue(),
        counts,
        List.copyOf(statuses),
        List.copyOf(kept));
  }

  /// Whether the counts are those of the machines in the same answer.
  boolean countsWhatItShows() {
    return STATUSES.stream()
        .allMatch(
            it -> counts.getOrDefault(it, 0) == (int) statuses.stream().filter(it::equals).count());
  }
}
