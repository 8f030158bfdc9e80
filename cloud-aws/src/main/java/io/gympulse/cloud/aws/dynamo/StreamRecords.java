package io.gympulse.cloud.aws.dynamo;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Maps the stream records of current states and gateways, as Lambda passes them, to updates of the
/// feed, by comparing the old and the new image of the item. Records of other tables give none.
///
/// An update's position is the time at which its record was written, in epoch milliseconds; 0 if
/// the record does not contain it. Several updates may share a position. A stream's sequence
/// numbers are longer than a position and are ordered per item only.
public final class StreamRecords implements Function<DynamodbStreamRecord, Optional<FeedUpdate>> {
  private final String currentStates;
  private final String gateways;

  /// @param tables the tables' names
  public StreamRecords(Tables tables) {
    this.currentStates = ":table/" + tables.name(Tables.CURRENT_STATE) + "/stream/";
    this.gateways = ":table/" + tables.name(Tables.GATEWAYS) + "/stream/";
  }

  /// @throws StoreUnavailableException if an image is damaged
  @Override
  public Optional<FeedUpdate> apply(DynamodbStreamRecord stored) {
    try {
      return update(stored);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new StoreUnavailableException("an image is damaged: " + e.getMessage(), e);
    }
  }

  private Optional<FeedUpdate> update(DynamodbStreamRecord stored) {
    StreamRecord change = stored.getDynamodb();
    var before = image(change.getOldImage());
    var after = image(change.getNewImage());
    String stream = stored.getEventSourceARN();
    if (stream.contains(currentStates)) {
      return ofCurrentState(position(change), before, after);
    }
    return stream.contains(gateways)
        ? ofGateway(position(change), before, after)
        : Optional.empty();
  }

  /// @param before the old image; empty if the item is new
  /// @param after the new image; empty if the item was removed
  /// @return empty if the change is not visible, such as one of the machine's place only, or the
  ///     item has no state
  static Optional<FeedUpdate> ofCurrentState(
      long position, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    Optional<CurrentState> old = state(before);
    return state(after)
        .filter(it -> old.filter(it::visiblyEquals).isEmpty())
        .map(it -> new FeedUpdate.MachineChanged(position, it));
  }

  /// As [#ofCurrentState]; empty if no message of the gateway was received.
  static Optional<FeedUpdate> ofGateway(
      long position, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    Optional<GatewayPresence> old = presence(before);
    return presence(after)
        .filter(it -> !old.equals(Optional.of(it)))
        .map(it -> new FeedUpdate.PresenceChanged(position, it));
  }

  private static Optional<CurrentState> state(Map<String, AttributeValue> image) {
    return CurrentStateItem.state(new Item(image));
  }

  private static Optional<GatewayPresence> presence(Map<String, AttributeValue> image) {
    return GatewayItem.presence(new Item(image));
  }

  private static long position(StreamRecord change) {
    return change.getApproximateCreationDateTime() == null
        ? 0
        : change.getApproximateCreationDateTime().toInstant().toEpochMilli();
  }

  /// Attributes of the types that these tables use; others are left out.
  private static Map<String, AttributeValue> image(
      @Nullable
          Map<String, com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue>
          attributes) {
    Map<String, AttributeValue> image = new HashMap<>();
    if (attributes == null) {
      return image;
    }
    attributes.forEach(
        (name, value) -> {
          if (value.getS() != null) {
            image.put(name, AttributeValue.fromS(value.getS()));
          } else if (value.getN() != null) {
            image.put(name, AttributeValue.fromN(value.getN()));
          } else if (value.getBOOL() != null) {
            image.put(name, AttributeValue.fromBool(value.getBOOL()));
          }
        });
    return image;
  }
}
