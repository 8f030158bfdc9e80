package io.gympulse.system.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the API answered during the run, against the truth: each machine's status, and the counts.
///
/// @param judged machines in all answers together
/// @param errors what is wrong, a sentence each
record ApiAnswers(int judged, List<String> errors) {

  static ApiAnswers judge(List<Poll> polls, Expectations expectations) {
    int judged = 0;
    List<String> errors = new ArrayList<>();
    for (Poll poll : polls) {
      if (!poll.countsWhatItShows()) {
        errors.add(
            "%s at %s counts %s and shows %s"
                .formatted(poll.gym(), poll.asked(), poll.counts(), poll.statuses()));
      }
      if (!poll.showsWhatIsKept()) {
        errors.add(
            "%s at %s is %s and shows %s"
                .formatted(poll.gym(), poll.asked(), poll.presence(), poll.statuses()));
      }
      for (Shown shown : poll.kept()) {
        judged++;
        Optional<String> problem =
            expectations.problem(poll.gym(), shown, poll.asked(), poll.answered());
        problem.ifPresent(errors::add);
      }
    }
    return new ApiAnswers(judged, List.copyOf(errors));
  }
}
