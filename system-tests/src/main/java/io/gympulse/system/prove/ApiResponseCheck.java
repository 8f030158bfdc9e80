package io.gympulse.system.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API's responses during the run, compared with the recorded events: each machine's status,
/// and the counts.
///
/// @param checked machines in all responses together
/// @param errors a sentence each
record ApiResponseCheck(int checked, List<String> errors) {

  static ApiResponseCheck check(List<BranchResponse> responses, Expectations expectations) {
    int checked = 0;
    List<String> errors = new ArrayList<>();
    for (BranchResponse response : responses) {
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
    return new ApiResponseCheck(checked, List.copyOf(errors));
  }
}
