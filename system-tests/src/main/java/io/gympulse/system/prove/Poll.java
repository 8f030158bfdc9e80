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
/// @param statuses of its machines
/// @param kept what was last known of each machine
record Poll(
    String gym,
    Instant asked,
    Instant answered,
    String presence,
    Map<String, Integer> counts,
    List<Status> statuses,
    List<Shown> kept) {
  private static final String OFFLINE = "offline";

  static final List<String> STATUSES = List.of("free", "occupied", "unknown", OFFLINE);

  /// A machine's status.
  ///
  /// @param shown to members
  /// @param kept what was last known
  record Status(String shown, String kept) {}

  /// @param body of the answer
  static Poll of(String gym, Instant asked, Instant answered, JsonNode body) {
    Map<String, Integer> counts = new TreeMap<>();
    STATUSES.forEach(it -> counts.put(it, body.required("counts").required(it).intValue()));
    List<Status> statuses = new ArrayList<>();
    List<Shown> kept = new ArrayList<>();
    for (JsonNode machine : body.required("machines")) {
      statuses.add(
          new Status(
              machine.required("status").textValue(), machine.required("keptStatus").textValue()));
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
            it ->
                counts.getOrDefault(it, 0)
                    == (int) statuses.stream().map(Status::shown).filter(it::equals).count());
  }

  /// Whether each machine is shown as it is kept, or all as offline while their gateway is.
  boolean showsWhatIsKept() {
    return statuses.stream()
        .allMatch(it -> it.shown().equals(presence.equals(OFFLINE) ? OFFLINE : it.kept()));
  }
}
