package io.gympulse.system.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The gateways' presence in the API's responses, compared with their downtimes.
///
/// @param online responses that had to show a gateway online
/// @param offline responses that had to show it offline
/// @param errors a sentence each
record PresenceCheck(int online, int offline, List<String> errors) {

  /// @param offlineAfter the longest time from a gateway's last message until the cloud sets it
  ///     offline
  static PresenceCheck check(
      List<BranchResponse> responses,
      List<Downtime> downtimes,
      Duration offlineAfter,
      Expectations expectations) {
    int online = 0;
    int offline = 0;
    List<String> errors = new ArrayList<>();
    for (BranchResponse response : responses) {
      if (expectations.wasUndisturbedBefore(response.gym(), response.requestedAt())) {
        online++;
        if (!response.presence().equals("online")) {
          errors.add(
              "%s is %s at %s"
                  .formatted(response.gym(), response.presence(), response.requestedAt()));
        }
      } else if (downtimes.stream()
          .anyMatch(it -> hadToBeOffline(it, response, offlineAfter, expectations))) {
        offline++;
        boolean isOffline = response.presence().equals("offline");
        if (!isOffline
            || !response.statuses().stream().allMatch(it -> it.displayed().equals("offline"))) {
          errors.add(
              "%s is unreachable at %s, but has presence %s and statuses %s"
                  .formatted(
                      response.gym(),
                      response.requestedAt(),
                      response.presence(),
                      response.statuses()));
        }
      }
    }
    return new PresenceCheck(online, offline, List.copyOf(errors));
  }

  private static boolean hadToBeOffline(
      Downtime downtime,
      BranchResponse response,
      Duration offlineAfter,
      Expectations expectations) {
    return downtime.gym().equals(response.gym())
        && !expectations
            .slowdowns()
            .after(downtime.from().plus(offlineAfter), expectations.deliveryTime())
            .isAfter(response.requestedAt())
        && !response.receivedAt().isAfter(downtime.to());
  }
}
