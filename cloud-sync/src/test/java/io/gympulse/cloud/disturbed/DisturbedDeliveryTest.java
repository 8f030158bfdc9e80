package io.gympulse.cloud.disturbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.LocalDynamo;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// However a day's messages reach the cloud (late, twice, in any order and grouping), however often
/// handlers die in the middle and the store is throttled: events, states, coverage and aggregates
/// end as if nothing had happened, in every store.
class DisturbedDeliveryTest {
  @TempDir private Path folder = Path.of("");

  private enum Kind {
    MEMORY,
    SQLITE,
    DYNAMO
  }

  @ParameterizedTest
  @CsvSource({"MEMORY,1", "MEMORY,2", "MEMORY,3", "SQLITE,4", "SQLITE,5", "DYNAMO,6"})
  void a_disturbed_day_ends_with_the_contents_of_an_undisturbed_one(Kind kind, long seed) {
    List<String> messages = GymDay.messages(seed);
    StoreContents expected = undisturbed(messages);
    assertThat(expected.aggregates()).hasSizeGreaterThan(30);

    Disturbance disturbance = new Disturbance(new Random(seed));
    try (CloudStore store = open(kind)) {
      store.floorPlans().register(GymDay.plan());
      TestCloud cloud = new TestCloud(disturbance.before(store));
      cloud.disturbed(messages, new Random(seed));
      disturbance.end();
      cloud.aggregate(GymDay.afterwards());
      assertThat(StoreContents.in(store)).isEqualTo(expected);
    }
    assertThat(disturbance.deaths()).isGreaterThan(10);
    assertThat(disturbance.throttled()).isGreaterThan(10);
  }

  private static StoreContents undisturbed(List<String> messages) {
    try (CloudStore store = new InMemoryCloudStore()) {
      store.floorPlans().register(GymDay.plan());
      new TestCloud(store).undisturbed(messages);
      return StoreContents.in(store);
    }
  }

  private CloudStore open(Kind kind) {
    return switch (kind) {
      case MEMORY -> new InMemoryCloudStore();
      case SQLITE -> SqliteCloudStore.open(folder.resolve("cloud.db"));
      case DYNAMO ->
          new DynamoCloudStore(
              new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY),
              LocalDynamo.freshTables(),
              InstantSource.fixed(GymDay.afterwards()));
    };
  }
}
