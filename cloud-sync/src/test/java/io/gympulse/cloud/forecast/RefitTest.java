package io.gympulse.cloud.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.SampleHistory;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefitTest {
  private static final int DAYS = 23;
  private static final Instant NIGHT =
      ZonedDateTime.ofInstant(SampleHistory.START.plus(Duration.ofDays(DAYS)), SampleHistory.ZONE)
          .withHour(Refit.NIGHT_HOUR)
          .toInstant();

  private final InMemoryCloudStore store = new InMemoryCloudStore();
  private final List<String> queued = new ArrayList<>();
  private Instant now = NIGHT;
  private final RefitHandler handler = new RefitHandler(store, () -> now);
  private final RefitWorker worker = new RefitWorker(store, () -> now);

  @BeforeEach
  void fill() {
    List<Machine> machines = new ArrayList<>();
    SampleHistory.machines(3).forEach(it -> machines.add(machine(it, SampleHistory.CATEGORY)));
    machines.add(machine(new MachineId("rower"), new CategoryId("rower")));
    store
        .floorPlans()
        .register(
            new FloorPlan(
                new Gym(SampleHistory.GYM, "Gym", 1, 2, SampleHistory.ZONE),
                new GatewayId("gw"),
                machines));
    SampleHistory.bins(3, Duration.ofDays(DAYS), 1)
        .forEach(it -> store.aggregates().replace(Optional.empty(), it));
  }

  @Test
  void at_night_every_category_gets_a_model_of_its_stored_aggregates() {
    run();
    CategoryModel bikes = model(SampleHistory.CATEGORY).orElseThrow();
    assertThat(bikes.fittedAt()).isEqualTo(NIGHT);
    assertThat(bikes.machines()).isEqualTo(3);
    assertThat(bikes.zone()).isEqualTo(SampleHistory.ZONE);
    assertThat(bikes.popularity()).hasSize(3);
    // Nothing is stored of the rower: its model says so.
    assertThat(model(new CategoryId("rower"))).isPresent();
  }

  @Test
  void by_day_only_what_has_no_model_or_missed_a_night_is_fitted() {
    now = NIGHT.plus(Duration.ofHours(9));
    run();
    assertThat(model(SampleHistory.CATEGORY)).map(CategoryModel::fittedAt).contains(now);
    Instant first = now;
    now = first.plus(Duration.ofHours(2));
    run();
    assertThat(model(SampleHistory.CATEGORY)).map(CategoryModel::fittedAt).contains(first);
    now = first.plus(Duration.ofHours(37));
    run();
    assertThat(model(SampleHistory.CATEGORY)).map(CategoryModel::fittedAt).contains(now);
  }

  @Test
  void the_planner_queues_gyms_in_their_night_and_the_worker_fits_them() {
    RefitPlanner planner =
        new RefitPlanner(
            store.floorPlans(),
            bodies -> {
              queued.addAll(bodies);
              return List.of();
            },
            () -> now);
    planner.handleRequest(new ScheduledEvent(), null);
    assertThat(queued).containsExactly("g");
    now = NIGHT.plus(Duration.ofHours(1));
    planner.handleRequest(new ScheduledEvent(), null);
    assertThat(queued).containsExactly("g");
    assertThat(work("g")).isEmpty();
    assertThat(work("g")).isEmpty();
    assertThat(model(SampleHistory.CATEGORY)).map(CategoryModel::fittedAt).contains(now);
  }

  @Test
  void an_unknown_gym_is_done_and_a_body_that_is_no_gym_is_named_as_failed() {
    assertThat(work("elsewhere")).isEmpty();
    assertThat(work("no gym!"))
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("1");
  }

  @Test
  void gyms_that_cannot_be_queued_fail_the_schedule() {
    RefitPlanner planner =
        new RefitPlanner(store.floorPlans(), _ -> List.of(new Unsent(0, "full")), () -> now);
    assertThatThrownBy(() -> planner.handleRequest(new ScheduledEvent(), null))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("full");
  }

  private void run() {
    handler.handleRequest(new ScheduledEvent(), null);
  }

  private List<BatchItemFailure> work(String body) {
    SQSMessage message = new SQSMessage();
    message.setMessageId("1");
    message.setBody(body);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return worker.handleRequest(event, null).getBatchItemFailures();
  }

  private Optional<CategoryModel> model(CategoryId category) {
    return store.forecasts().find(SampleHistory.GYM, category);
  }

  private static Machine machine(MachineId id, CategoryId category) {
    return new Machine(id, category, "Machine", 0, 0, List.of());
  }
}
