package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void whatever_a_filter_matches_is_published_on_one_of_its_topics() {
    for (SubscriptionFilter filter : SampleUpdates.filters()) {
      for (FeedUpdate update : SampleUpdates.updates()) {
        if (filter.matches(update)) {
          assertThat(Collections.disjoint(filter.topics(), Topic.of(update)))
              .as("%s matches %s", filter, update)
              .isFalse();
        }
      }
    }
  }

  @Test
  void a_machine_filter_has_the_topic_of_that_machine_only() {
    SubscriptionFilter one =
        SampleUpdates.filters().stream()
            .filter(it -> it.machine().isPresent() && it.gym().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(one.topics()).containsExactly(new Topic("machine/bike-1"));
  }
}
