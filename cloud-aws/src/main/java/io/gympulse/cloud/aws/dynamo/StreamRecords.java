package io.gympulse.cloud.aws.dynamo;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records of the streams of current states and gateways, as Lambda hands them over, as updates of
/// the feed. A record of any other table tells nothing.
///
/// An update's position is when its record was written, in epoch milliseconds as far as the stream
/// tells: it grows, but several may share one.
public final class StreamRecords implements Function<DynamodbStreamRecord, Optional<FeedUpdate>> {
  private final String ofCurrentState;
  private final String ofGateways;

  /// @param tables what the tables are called
  public StreamRecords(Tables tables) {
    this.ofCurrentState = ":table/" + tables.name(Tables.CURRENT_STATE) + "/stream/";
    this.ofGateways = ":table/" + tables.name(Tables.GATEWAYS) + "/stream/";
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
    if (stream.contains(ofCurrentState)) {
      return StreamImages.ofCurrentState(position(change), before, after);
    }
    return stream.contains(ofGateways)
        ? StreamImages.ofGateway(position(change), before, after)
        : Optional.empty();
  }

  private static long position(StreamRecord change) {
    return change.getApproximateCreationDateTime() == null
        ? 0
        : change.getApproximateCreationDateTime().toInstant().toEpochMilli();
  }

  /// The types of attributes that these tables have; others are left out.
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
