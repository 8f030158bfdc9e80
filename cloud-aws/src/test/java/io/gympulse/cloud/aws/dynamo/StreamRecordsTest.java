package io.gympulse.cloud.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamRecordsTest {
  private static final Instant NOON = Instant.ofEpochSecond(1_777_636_800);
  private static final Instant EARLIER = NOON.minusSeconds(60);
  private static final Map<String, AttributeValue> PLACE =
      Map.of(
          "name", text("Bike 1"),
          "placeCategory", text("cardio"),
          "x", text("1.5"),
          "y", text("2.0"),
          "ordinal", number(0));
  private static final StreamRecords RECORDS = new StreamRecords(Tables.standard());

  @Test
  void a_changed_machine_is_an_update_with_what_it_was_before() {
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", Map.of(), machine("free"))))
        .contains(
            new FeedUpdate.MachineChanged(
                NOON.toEpochMilli(),
                new CurrentState(
                    new MachineId("bike"),
                    new GymId("g"),
                    new CategoryId("cardio"),
                    MachineStatus.FREE,
                    Optional.empty(),
                    NOON,
                    NOON,
                    7,
                    Optional.of(new PreviousStatus(MachineStatus.OCCUPIED, EARLIER, EARLIER, 6)),
                    true)));
  }

  @Test
  void an_invisible_change_of_a_machine_is_no_update() {
    Map<String, AttributeValue> later = new HashMap<>(machine("free"));
    later.put("version", number(4));
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", machine("free"), later))).isEmpty();
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", machine("occupied"), later)))
        .isPresent();
  }

  @Test
  void a_change_of_a_machine_s_place_only_is_no_update() {
    Map<String, AttributeValue> moved = new HashMap<>(machine("free"));
    moved.putAll(PLACE);
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", machine("free"), moved))).isEmpty();
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", moved, machine("free")))).isEmpty();
  }

  @Test
  void an_item_without_a_state_is_no_update_and_its_first_state_is_one() {
    Map<String, AttributeValue> placed = new HashMap<>(PLACE);
    placed.put("machine", text("bike"));
    placed.put("gym", text("g"));
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", Map.of(), placed))).isEmpty();
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", placed, Map.of()))).isEmpty();
    Map<String, AttributeValue> used = new HashMap<>(machine("free"));
    used.putAll(PLACE);
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", placed, used)))
        .isEqualTo(RECORDS.apply(stored("gym-pulse-current-state", Map.of(), machine("free"))))
        .isPresent();
  }

  @Test
  void a_gateway_s_presence_is_an_update() {
    Map<String, AttributeValue> gateway =
        Map.of(
            "gateway", text("g-gw"),
            "gym", text("g"),
            "online", new AttributeValue().withBOOL(true),
            "since", number(NOON.toEpochMilli()),
            "lastHeard", number(NOON.toEpochMilli()),
            "outboxDepth", number(3),
            "coverage", text("{}"),
            "arrears", text("{}"));
    assertThat(RECORDS.apply(stored("gym-pulse-gateways", Map.of(), gateway)))
        .contains(
            new FeedUpdate.PresenceChanged(
                NOON.toEpochMilli(),
                new GatewayPresence(
                    new GatewayAddress(new GymId("g"), new GatewayId("g-gw")),
                    true,
                    NOON,
                    NOON,
                    3)));
    assertThat(RECORDS.apply(stored("gym-pulse-gateways", gateway, gateway))).isEmpty();
  }

  @Test
  void a_record_of_another_table_or_of_a_removed_item_is_no_update() {
    assertThat(RECORDS.apply(stored("gym-pulse-events", Map.of(), machine("free")))).isEmpty();
    assertThat(RECORDS.apply(stored("gym-pulse-current-state", machine("free"), Map.of())))
        .isEmpty();
  }

  @Test
  void a_damaged_image_is_an_error() {
    Map<String, AttributeValue> damaged = new HashMap<>(machine("free"));
    damaged.remove("since");
    assertThatThrownBy(() -> RECORDS.apply(stored("gym-pulse-current-state", Map.of(), damaged)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("since");
  }

  private static DynamodbStreamRecord stored(
      String table, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    DynamodbStreamRecord stored = new DynamodbStreamRecord();
    stored.setEventSourceARN(
        "arn:aws:dynamodb:eu-central-1:1:table/%s/stream/2026-05-01T00:00:00.000".formatted(table));
    stored.setDynamodb(
        new StreamRecord()
            .withApproximateCreationDateTime(Date.from(NOON))
            .withOldImage(before)
            .withNewImage(after));
    return stored;
  }

  private static Map<String, AttributeValue> machine(String status) {
    Map<String, AttributeValue> image = new HashMap<>();
    image.put("machine", text("bike"));
    image.put("gym", text("g"));
    image.put("category", text("cardio"));
    image.put("status", text(status));
    image.put("since", number(NOON.toEpochMilli()));
    image.put("asOf", number(NOON.toEpochMilli()));
    image.put("seq", number(7));
    image.put("before", text("occupied"));
    image.put("beforeSince", number(EARLIER.toEpochMilli()));
    image.put("beforeAsOf", number(EARLIER.toEpochMilli()));
    image.put("beforeSeq", number(6));
    image.put("present", new AttributeValue().withBOOL(true));
    image.put("version", number(3));
    return image;
  }

  private static AttributeValue text(String text) {
    return new AttributeValue(text);
  }

  private static AttributeValue number(long number) {
    return new AttributeValue().withN(Long.toString(number));
  }
}
