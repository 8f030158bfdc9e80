package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void whatever_an_audience_hears_is_told_on_one_of_its_topics() {
    for (Audience audience : SampleUpdates.audiences()) {
      for (FeedUpdate update : SampleUpdates.updates()) {
        if (audience.hears(update)) {
          assertThat(Collections.disjoint(audience.topics(), Topic.of(update)))
              .as("%s hears %s", audience, update)
              .isFalse();
        }
      }
    }
  }

  @Test
  void who_follows_one_machine_is_found_for_that_machine_only() {
    Audience one =
        SampleUpdates.audiences().stream()
            .filter(it -> it.machine().isPresent() && it.gym().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(one.topics()).containsExactly(new Topic("machine/bike-1"));
  }
}
