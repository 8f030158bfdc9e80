package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.LocalDynamo;
import io.gympulse.cloud.aws.dynamo.LocalStream;
import io.gympulse.cloud.aws.dynamo.StreamRecords;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.alert.Alerts;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.disturbed.Disturbance;
import io.gympulse.cloud.notify.ConsumerCounters;
import io.gympulse.cloud.notify.DeliveryCounters;
import io.gympulse.cloud.notify.DeliveryExecutor;
import io.gympulse.cloud.notify.DispatchHandler;
import io.gympulse.cloud.notify.MemberAlerts;
import io.gympulse.cloud.notify.MemberAlerts.LiveState;
import io.gympulse.cloud.notify.RecordingChannels;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A machine's change of state, through DynamoDB Local and its stream, to the member who waits:
/// batches come twice, machines in any order among each other, the store is throttled and the
/// handler dies anywhere.
class AlertsOnStreamsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final GymId GYM = new GymId("g");
  private static final int PERIODS = 12;
  private static final int ONE_IN = 25;
  private static final List<MachineId> MACHINES =
      Stream.of("bike-1", "bike-2", "rower-1").map(MachineId::new).toList();

  private final Tables tables = LocalDynamo.freshTables();
  private Instant now = NOON;
  private final DynamoCloudStore store =
      new DynamoCloudStore(
          new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY), tables, () -> now);
  private final LocalStream stream = new LocalStream(tables, Tables.CURRENT_STATE);
  private final RecordingChannels channels = new RecordingChannels();
  private final DeliveryCounters deliveries = new DeliveryCounters();

  @AfterEach
  void close() {
    stream.close();
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void batches_that_come_twice_and_in_any_order_of_machines_notify_each_free_period_once(long seed)
      throws IOException {
    Random random = new Random(seed);
    Disturbance none = new Disturbance(random, ONE_IN);
    none.end();
    assertThat(run(none, random)).containsExactlyInAnyOrderElementsOf(correlations());
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5})
  void a_handler_that_dies_in_the_middle_misses_none_and_repeats_only_unrecorded_outcomes(long seed)
      throws IOException {
    Random random = new Random(seed);
    Disturbance disturbance = new Disturbance(random, ONE_IN);
    Set<String> expected = run(disturbance, random);
    assertThat(new HashSet<>(correlations())).isEqualTo(expected);
    int once = new HashSet<>(channels.ids()).size();
    assertThat(once).isEqualTo(expected.size());
    assertThat((long) channels.ids().size() - once)
        .isLessThanOrEqualTo(deliveries.outcomesUnrecorded() + disturbance.deaths());
    assertThat(disturbance.deaths()).isPositive();
    assertThat(disturbance.throttled()).isPositive();
  }

  /// Machines are used and freed, and what their stream tells is dispatched.
  ///
  /// @return what is to be channels
  private Set<String> run(Disturbance disturbance, Random random) throws IOException {
    Set<String> expected = new HashSet<>();
    MACHINES.forEach(this::watch);
    for (int period = 0; period < PERIODS; period++) {
      for (MachineId machine : MACHINES) {
        use(machine);
        expected.add(machine + "@" + now.toEpochMilli());
      }
      deliver(shuffled(stream.next(), random), disturbance, random);
      settle(disturbance);
      now = now.plusSeconds(600);
    }
    return expected;
  }

  private List<String> correlations() {
    return channels.attempts().stream().map(it -> it.notification().correlationId()).toList();
  }

  /// Occupied until now, and free from now on.
  private void use(MachineId machine) {
    Instant begun = now.minusSeconds(60);
    store.current().offer(state(machine, MachineStatus.OCCUPIED, begun, begun));
    store.current().offer(state(machine, MachineStatus.FREE, now, now));
    // Claimed again: a write that nobody can tell.
    store.current().offer(state(machine, MachineStatus.FREE, now, now.plusSeconds(1)));
  }

  /// As Lambda does: batch after batch, again from the first failure on, and now and then once more
  /// though nothing failed.
  private void deliver(List<ObjectNode> records, Disturbance disturbance, Random random)
      throws IOException {
    int from = 0;
    while (from < records.size()) {
      int to = Math.min(records.size(), from + 1 + random.nextInt(5));
      int done = invoke(records.subList(from, to), disturbance);
      from += random.nextInt(4) == 0 ? 0 : done;
    }
  }

  /// @return how many of the records need not come again
  private int invoke(List<ObjectNode> records, Disturbance disturbance) throws IOException {
    ObjectNode event = JSON.createObjectNode();
    event.putArray("Records").addAll(records);
    DispatchHandler handler = handler(disturbance);
    try {
      var failures =
          handler
              .handleRequest(
                  TableStreamJson.read(
                      new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8))),
                  null)
              .getBatchItemFailures();
      List<String> numbers =
          records.stream().map(it -> it.at("/dynamodb/SequenceNumber").asText()).toList();
      return failures.stream()
          .map(BatchItemFailure::getItemIdentifier)
          .mapToInt(numbers::indexOf)
          .findFirst()
          .orElse(records.size());
    } catch (Disturbance.Death e) {
      return 0;
    }
  }

  /// What time brings, until nothing is left to be channels.
  private void settle(Disturbance disturbance) {
    while (!store.alerts().due(now.plus(Duration.ofHours(1)), 1).isEmpty()) {
      now = now.plus(PendingDelivery.LEASE);
      try {
        members(disturbance).run(now);
      } catch (Disturbance.Death | StoreUnavailableException e) {
        // The next run does what this one left.
      }
    }
  }

  /// Of a process that has just started.
  private DispatchHandler handler(Disturbance disturbance) {
    ConsumerCounters counters = new ConsumerCounters();
    return new DispatchHandler(
        List.of(members(disturbance)), new StreamRecords(tables), () -> now, counters);
  }

  private MemberAlerts members(Disturbance disturbance) {
    return new MemberAlerts(
        disturbance.before(Alerts.class, store.alerts()),
        new LiveState(
            disturbance.before(CurrentStates.class, store.current()),
            store.gateways(),
            store.floorPlans()),
        new DeliveryExecutor(channels.channels(), Runnable::run, deliveries),
        () -> now,
        new Random(1));
  }

  /// Any order that keeps that of each item.
  private static List<ObjectNode> shuffled(List<ObjectNode> records, Random random) {
    Map<String, Deque<ObjectNode>> byItem = new LinkedHashMap<>();
    for (ObjectNode it : records) {
      byItem.computeIfAbsent(it.at("/dynamodb/Keys").toString(), _ -> new ArrayDeque<>()).add(it);
    }
    List<ObjectNode> shuffled = new ArrayList<>();
    while (shuffled.size() < records.size()) {
      List<Deque<ObjectNode>> left = byItem.values().stream().filter(it -> !it.isEmpty()).toList();
      shuffled.add(left.get(random.nextInt(left.size())).pop());
    }
    return shuffled;
  }

  private void watch(MachineId machine) {
    store
        .alerts()
        .create(
            Alert.create(
                AlertId.random(),
                new Alert.Watch(new UserId("anna"), machine, GYM),
                new AlertTerms(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new Channel.WebSocket()),
                    new Repetition.Again(Duration.ZERO)),
                Optional.empty(),
                NOON.minusSeconds(3_600)));
  }

  private static CurrentState state(
      MachineId machine, MachineStatus status, Instant since, Instant asOf) {
    return new CurrentState(
        machine, GYM, new CategoryId("cardio"), status, Optional.empty(), since, asOf, 0);
  }
}
