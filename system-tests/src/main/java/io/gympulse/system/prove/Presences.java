package io.gympulse.system.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether gateways were shown online and offline when they had to be.
///
/// @param online answers that had to show a gateway online
/// @param offline answers that had to show it offline
/// @param errors what is wrong, a sentence each
record Presences(int online, int offline, List<String> errors) {

  /// @param offlineAfter the silence after which a gateway is offline, and how long it may take
  ///     until that is looked at
  static Presences judge(
      List<Poll> polls, List<Absence> absences, Duration offlineAfter, Expectations expectations) {
    int online = 0;
    int offline = 0;
    List<String> errors = new ArrayList<>();
    for (Poll poll : polls) {
      if (expectations.wasCalmBefore(poll.gym(), poll.asked())) {
        online++;
        if (!poll.presence().equals("online")) {
          errors.add("%s is %s at %s".formatted(poll.gym(), poll.presence(), poll.asked()));
        }
      } else if (absences.stream().anyMatch(it -> isLong(it, poll, offlineAfter, expectations))) {
        offline++;
        boolean shown = poll.presence().equals("offline");
        if (!shown || !poll.statuses().stream().allMatch(it -> it.shown().equals("offline"))) {
          errors.add(
              "%s is out of reach at %s, and shown %s, %s"
                  .formatted(poll.gym(), poll.asked(), poll.presence(), poll.statuses()));
        }
      }
    }
    return new Presences(online, offline, List.copyOf(errors));
  }

  private static boolean isLong(
      Absence absence, Poll poll, Duration offlineAfter, Expectations expectations) {
    return absence.gym().equals(poll.gym())
        && !expectations
            .slowdowns()
            .after(absence.from().plus(offlineAfter), expectations.way())
            .isAfter(poll.asked())
        && !poll.answered().isAfter(absence.to());
  }
}
