package io.gympulse.system.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API's responses during the run, compared with the recorded events: each machine's status,
/// and the counts. No request may fail while the cloud serves.
///
/// @param checked machines in all responses together
/// @param failed requests that failed while the cloud served
/// @param errors of the responses, a sentence each
record ApiResponseCheck(int checked, List<FailedRequest> failed, List<String> errors) {

  /// A request without a response of status 200.
  ///
  /// @param requestedAt by the processes' clock
  /// @param failedAt by the processes' clock
  /// @param reason the status, or the exception
  record FailedRequest(String gym, Instant requestedAt, Instant failedAt, String reason) {}

  /// What a client requested.
  record Requests(List<BranchResponse> responses, List<FailedRequest> failed) {}

  static ApiResponseCheck check(
      Requests requests, CloudDowntimes downtimes, Expectations expectations) {
    int checked = 0;
    List<String> errors = new ArrayList<>();
    for (BranchResponse response : requests.responses()) {
      if (!response.hasConsistentCounts()) {
        errors.add(
            "%s at %s has the counts %s and the statuses %s"
                .formatted(
                    response.gym(),
                    response.requestedAt(),
                    response.counts(),
                    response.statuses()));
      }
      if (!response.hasConsistentStatuses()) {
        errors.add(
            "%s at %s is %s and has the statuses %s"
                .formatted(
                    response.gym(),
                    response.requestedAt(),
                    response.presence(),
                    response.statuses()));
      }
      for (Expectations.ShownState state : response.stored()) {
        checked++;
        Optional<String> problem =
            expectations.problem(
                response.gym(), state, response.requestedAt(), response.receivedAt());
        problem.ifPresent(errors::add);
      }
    }
    List<FailedRequest> failed =
        requests.failed().stream()
            .filter(it -> !downtimes.overlap(it.requestedAt(), it.failedAt()))
            .toList();
    return new ApiResponseCheck(checked, failed, List.copyOf(errors));
  }
}
